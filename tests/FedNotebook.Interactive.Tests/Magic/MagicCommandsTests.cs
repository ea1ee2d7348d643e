using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Magic;

public class MagicCommandsTests
{
    private static readonly string[] names = ["#!worker", "#!send", "#!get", "#!move", "#!federate", "#!search", "#!workers", "#!objects"];

    private static string[] Known(Kernel kernel) => [.. kernel.KernelInfo.SupportedDirectives.Select(directive => directive.Name).Where(names.Contains)];

    [Fact]
    public async Task Loading_twice_registers_them_once()
    {
        using var notebook = await Notebook.WithExtension();
        var formatters = Formatter.RegisteredFormatters().Count();

        await new FedNotebookExtension().OnLoadAsync(notebook.Kernel);

        Assert.Equal(names, Known(notebook.Kernel.FindKernelByName("csharp")!));
        Assert.Equal(formatters, Formatter.RegisteredFormatters().Count());
        Assert.Single(await notebook.Statements("#!worker twice"));
    }

    [Fact]
    public async Task A_kernel_without_csharp_gets_none()
    {
        using var kernel = new CompositeKernel { new Other() };
        await new FedNotebookExtension().OnLoadAsync(kernel);
        Assert.Empty(Known(kernel));
        Assert.Empty(Known(kernel.ChildKernels.Single()));
    }

    [Fact]
    public async Task Two_notebooks_have_variables_of_their_own()
    {
        using var one = await Notebook.WithExtension();
        using var other = await Notebook.WithExtension();
        await one.Outputs("#!worker two_notebooks\nvar x = torch.ones(1);");
        await other.Outputs("#!worker two_notebooks");
        Assert.Contains("there is no variable x", await other.Error("#!send x --to two_notebooks"));
        await one.Outputs("#!send x --to two_notebooks");
        Assert.False(other.Has("x_ptr"));
    }

    [Fact]
    public async Task Commands_and_code_take_turns_in_a_cell()
    {
        using var notebook = await Notebook.WithExtension();

        var outputs = await notebook.Outputs("""
            #!worker turns_bob
            #!worker turns_alice
            var x = torch.tensor(new long[] { 1, 2 });
            #!send x --to turns_bob --tag #turns
            var y = x_ptr + x_ptr;
            #!move y --to turns_alice
            #!get y --as z

            z.sum().item<long>()
            """);

        Assert.Equal(6L, outputs[^1].Value);
        Assert.Equal(
            ["var turns_bob = sy.VirtualWorker(\"turns_bob\");", "var turns_alice = sy.VirtualWorker(\"turns_alice\");", "var x_ptr = x.tag(\"#turns\").send(turns_bob);", "y.move(turns_alice)", "var z = y.get();"],
            outputs.OfType<DisplayedValueProduced>().Select(output => output.Text()));
    }

    [Fact]
    public async Task A_command_that_fails_ends_its_cell_there()
    {
        using var notebook = await Notebook.WithExtension();
        var events = await notebook.Run("""
            var before = 1;
            #!send before --to me
            var after = 2;
            """);
        var failed = Assert.Single(events.OfType<CommandFailed>());
        Assert.StartsWith("#!send VARIABLE: before is of the type Int32", failed.Message);
        Assert.True(notebook.Has("before"));
        Assert.False(notebook.Has("after"));
    }

    [Fact]
    public async Task An_error_of_the_statement_is_the_cells_error()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("var p = torch.ones(1).private_tensor([\"ada\"]).send(sy.VirtualWorker(\"cells-error\"), user: \"ada\");");
        var failed = Assert.Single((await notebook.Run("#!get p")).OfType<CommandFailed>());
        Assert.IsType<GetNotPermittedError>(failed.Exception);
        Assert.Equal(failed.Exception.Message, failed.Message);
    }

    [Fact]
    public async Task A_statement_that_does_not_compile_says_which()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("var x = torch.ones(1); var sy = 5;");
        var error = await notebook.Error("#!worker no_sy");
        Assert.StartsWith("var no_sy = sy.VirtualWorker(\"no_sy\"); cannot be compiled here: ", error);
    }

    [Fact]
    public async Task Carriage_returns_at_the_ends_of_lines_are_no_part_of_names()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("#!worker cr_bob\r\nvar x = torch.ones(1);\r\n#!send x --to cr_bob\r\n");
        Assert.Equal("cr_bob", notebook.Value<PointerTensor>("x_ptr").location.id);
    }

    [Fact]
    public async Task Statements_are_escaped_in_html()
    {
        using var notebook = await Notebook.WithExtension();
        var outputs = await notebook.Outputs("#!worker escape_bob\nvar x = torch.ones(1);\n#!send x --to escape_bob --tag <script>alert(1)</script> --describe \"<img src=x>\"");
        Assert.DoesNotContain("<script", outputs[^1].Html());
        Assert.DoesNotContain("<img", outputs[^1].Html());
        Assert.Contains("&lt;script&gt;", outputs[^1].Html());
    }

    [Theory]
    [InlineData("#!send ", "words x x_ptr", "bob n grid")]
    [InlineData("#!get ", "x_ptr", "x words n complete_bob")]
    [InlineData("#!move ", "x_ptr", "x words n")]
    [InlineData("#!federate ", "words", "x x_ptr n")]
    [InlineData("#!search #complete --grid ", "grid", "x x_ptr complete_bob")]
    [InlineData("#!send x --to ", "complete_bob complete-alice me", "x n #complete-tag")]
    [InlineData("#!send x --to complete_bob --to complete-", "complete-alice", "complete_bob")]
    [InlineData("#!federate words --to ", "complete_bob complete-alice", "x")]
    [InlineData("#!move x_ptr --to ", "complete_bob complete-alice", "x")]
    [InlineData("#!objects ", "complete_bob complete-alice", "x")]
    [InlineData("#!worker ", "complete_bob complete-alice", "x")]
    [InlineData("#!search ", "#complete-tag", "x complete_bob")]
    [InlineData("#!search #compl", "#complete-tag", "x complete_bob")]
    [InlineData("#!send x --tag ", "#complete-tag", "x complete_bob")]
    [InlineData("#!s", "#!send #!search", "#!get")]
    [InlineData("#!federate words --", "--to --batch-size --shuffle --seed --as", "words")]
    public async Task Names_are_completed_by_what_is_there(string line, string offered, string notOffered)
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            #!worker complete_bob complete-alice
            var x = torch.ones(2);
            var x_ptr = torch.ones(2).tag("#complete-tag").send(complete_bob);
            var words = sy.BaseDataset(torch.ones(2, 2), torch.ones(2));
            var grid = sy.PrivateGridNetwork(complete_bob);
            var n = 1;
            """);

        var items = (await notebook.Completions(line)).Select(item => item.DisplayText).ToList();

        Assert.Empty(offered.Split(' ').Except(items));
        Assert.Empty(notOffered.Split(' ').Intersect(items));
    }

    [Fact]
    public async Task A_completion_with_a_space_comes_in_quotes()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("#!worker \"complete me\"");
        Assert.Equal("\"complete me\"", (await notebook.Completions("#!objects ")).Single(item => item.DisplayText == "complete me").InsertText);
    }

    [Fact]
    public async Task Looking_for_names_reads_no_variable()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            #!worker unread_bob
            var read = 0;
            IEnumerable<int> Lazy() { read++; yield return 1; }
            var lazy = Lazy();
            var data = sy.BaseDataset(torch.ones(4, 2), torch.ones(4));
            #!federate data --to unread_bob --as loader
            unread_bob.log_msgs = true;
            """);

        await notebook.Completions("#!send ");
        await notebook.Completions("#!send data --to ");
        await notebook.Completions("#!search ");
        Assert.Single((await notebook.Run("#!send nothing --to unread_bob")).OfType<CommandFailed>());

        Assert.Equal(0, notebook.Value<int>("read"));
        Assert.Empty(sy.VirtualWorker("unread_bob").msg_history);
    }

    [Fact]
    public async Task Each_command_and_parameter_explains_itself()
    {
        using var notebook = await Notebook.WithExtension();
        foreach (var directive in notebook.Kernel.FindKernelByName("csharp")!.KernelInfo.SupportedDirectives.Where(directive => names.Contains(directive.Name)))
        {
            var help = await Hover(notebook, directive.Name, 3);
            Assert.Contains(directive.Description!, help);
            foreach (var parameter in directive.Parameters)
            {
                Assert.NotEmpty(parameter.Description);
                Assert.Contains($"`{parameter.Name}`", help);
                Assert.Contains(parameter.Description, await Hover(notebook, $"{directive.Name} {parameter.Name} ", directive.Name.Length + 3));
            }
        }
    }

    private static async Task<string> Hover(Notebook notebook, string line, int column)
    {
        var result = await notebook.Kernel.SendAsync(new RequestHoverText(line, new LinePosition(0, column), "csharp"));
        return Assert.Single(Assert.Single(result.Events.OfType<HoverTextProduced>()).Content, content => content.MimeType == "text/markdown").Value;
    }

    private sealed class Other() : Kernel("other");
}
