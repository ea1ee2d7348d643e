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
        var before = Formatter.RegisteredFormatters().Count();

        await new FedNotebookExtension().OnLoadAsync(notebook.Kernel);

        Assert.Equal(before, Formatter.RegisteredFormatters().Count());
        Assert.Single(await notebook.Outputs("nameof(LossPlot)"));
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
