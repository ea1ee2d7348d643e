using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Tests;

public class FedNotebookExtensionTests
{
    [Fact]
    public async Task Cells_need_no_usings()
    {
        using var notebook = await Notebook.WithExtension();
        var result = Assert.IsType<ReturnValueProduced>(Assert.Single(await notebook.Outputs("nameof(LossPlot)")));
        Assert.Equal("LossPlot", result.Value);
    }

    [Fact]
    public async Task Loading_it_twice_changes_nothing()
    {
        using var notebook = await Notebook.WithExtension();
        var before = Formatter.RegisteredFormatters(includeDefaults: false).Count();

        await new FedNotebookExtension().OnLoadAsync(notebook.Kernel);

        Assert.Equal(before, Formatter.RegisteredFormatters(includeDefaults: false).Count());
        Assert.Single(await notebook.Outputs("nameof(LossPlot)"));
    }

    [Fact]
    public async Task Two_notebooks_of_one_process_both_have_it_and_a_third_after_a_restart()
    {
        using var one = await Notebook.WithExtension();
        using var other = await Notebook.WithExtension();
        var formatters = Formatter.RegisteredFormatters(includeDefaults: false).Count();
        Assert.Equal("tensor([1.])", (await one.Show("torch.ones(1)")).Text());
        Assert.Equal("tensor([1.])", (await other.Show("torch.ones(1)")).Text());

        one.Dispose();
        using var restarted = await Notebook.WithExtension();

        Assert.Equal("tensor([1.])", (await restarted.Show("torch.ones(1)")).Text());
        Assert.Equal(formatters, Formatter.RegisteredFormatters(includeDefaults: false).Count());
        Assert.Contains(await restarted.Outputs("new LossPlot().Add(1);"), output => output.BringsPlotly());
    }

    [Fact]
    public async Task Every_formatter_has_html_and_plain_text_and_survives_what_it_cannot_show()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            class Broken : nn.Module
            {
                public Broken() : base("<broken>") { }
                public override IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> named_parameters(bool recurse = true) => throw new Exception("no <parameters>");
            }
            new Broken()
            """);
        Assert.Contains("cannot be shown (no <parameters>)", shown.Words());
        Assert.Contains("cannot be shown (no <parameters>)", shown.Text());
    }

    [Fact]
    public async Task A_notebook_without_csharp_can_load_it()
    {
        using var kernel = new CompositeKernel();
        await new FedNotebookExtension().OnLoadAsync(kernel);
    }

    [Fact]
    public async Task A_kernel_that_cannot_open_the_namespaces_says_so()
    {
        using var kernel = new CompositeKernel { new BrokenKernel() };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new FedNotebookExtension().OnLoadAsync(kernel));
        Assert.Equal("FedNotebook is loaded, but its namespaces cannot be opened in the C# kernel: no such thing", error.Message);
    }

    private sealed class BrokenKernel : Kernel
    {
        public BrokenKernel()
            : base("csharp") => RegisterCommandHandler<SubmitCode>((command, context) =>
            {
                context.Fail(command, message: "no such thing");
                return Task.CompletedTask;
            });
    }
}
