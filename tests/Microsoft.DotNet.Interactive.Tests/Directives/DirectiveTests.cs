using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.Directives;

public sealed class DirectiveTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();
    private readonly List<Send> sent = [];

    public DirectiveTests()
    {
        var directive = new KernelActionDirective("#!send", "Sends a value")
        {
            Parameters =
            [
                new KernelDirectiveParameter("--name", "what") { AllowImplicitName = true, Required = true },
                new KernelDirectiveParameter("--to-worker", "where") { MaxOccurrences = 3 },
                new KernelDirectiveParameter("--count") { TypeHint = "int" },
                new KernelDirectiveParameter("--quiet") { Flag = true },
            ],
        };
        var back = new KernelActionDirective("back") { KernelCommandType = typeof(SendBack), Parameters = [new KernelDirectiveParameter("--reason")] };
        directive.Subcommands.Add(back);
        kernel.AddDirective<Send>(directive, (command, context) =>
        {
            sent.Add(command);
            context.Display((object)$"sent {command.Name}", "text/plain");
            return Task.CompletedTask;
        });
        kernel.AddDirective<SendBack>(back, (command, context) =>
        {
            context.Fail(command, message: $"no way back: {command.Reason}");
            return Task.CompletedTask;
        });
    }

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task Values_become_the_properties_of_the_command()
    {
        (await kernel.SubmitCodeAsync("#!send --name \"a b\" --count 3 --quiet --to-worker bob --to-worker alice")).MustSucceed();
        var command = Assert.Single(sent);
        Assert.Equal(("a b", 3, true), (command.Name, command.Count, command.Quiet));
        Assert.Equal(["bob", "alice"], command.ToWorker!);
        Assert.Equal("csharp", command.TargetKernelName);
    }

    [Fact]
    public async Task What_is_not_given_keeps_its_default()
    {
        (await kernel.SubmitCodeAsync("#!send x")).MustSucceed();
        var command = Assert.Single(sent);
        Assert.Equal(("x", 1, false), (command.Name, command.Count, command.Quiet));
        Assert.Null(command.ToWorker);
    }

    [Fact]
    public async Task Json_is_a_value_with_or_without_spaces()
    {
        (await kernel.SubmitCodeAsync("#!send x --to-worker [\"bob\", \"alice\"]")).MustSucceed();
        Assert.Equal(["bob", "alice"], Assert.Single(sent).ToWorker!);
    }

    [Fact]
    public async Task A_value_can_be_a_variable_of_the_kernel()
    {
        (await kernel.SubmitCodeAsync("var who = \"x\"; var n = 4; var workers = new[] { \"bob\" };")).MustSucceed();
        (await kernel.SubmitCodeAsync("#!send @who --count @csharp:n --to-worker @workers")).MustSucceed();
        Assert.Equal(("x", 4), (sent[0].Name, sent[0].Count));
        Assert.Equal(["bob"], sent[0].ToWorker!);
    }

    [Fact]
    public async Task Directives_and_code_run_in_the_order_in_which_they_stand()
    {
        var result = await kernel.SubmitCodeAsync("Console.Write(\"1\");\n#!send x\nvar line = 3;\nthrow new Exception(\"here\");");
        string[] expected = ["1", "sent x"];
        Assert.Equal(expected, result.Events.OfType<DisplayEvent>().Select(e => e.PlainText()));
        Assert.EndsWith("line 4", result.Failure().Message);
        Assert.Equal(3, (await kernel.SubmitCodeAsync("line")).ReturnValue());
    }

    [Fact]
    public async Task Events_of_a_directive_carry_its_command()
    {
        var result = await kernel.SubmitCodeAsync("#!send x");
        Assert.Equal(2, result.Events.Count);
        Assert.Same(sent[0], result.Events[0].Command);
        Assert.IsType<SubmitCode>(sent[0].Parent);
        Assert.Same(result.Command, Assert.IsType<CommandSucceeded>(result.Events[1]).Command);
    }

    [Fact]
    public async Task A_handler_that_fails_its_command_fails_the_cell_and_stops_it()
    {
        var result = await kernel.SubmitCodeAsync("#!send back --reason rain\nConsole.Write(\"not run\");");
        Assert.Equal("no way back: rain", result.Failure().Message);
        Assert.Same(result.Command, result.Failure().Command);
        Assert.Equal("", result.Output());
    }

    [Fact]
    public async Task A_handler_without_a_command_type_runs_as_part_of_the_cell()
    {
        kernel.AddDirective(new KernelActionDirective("#!hello"), (command, context) =>
        {
            context.Display((object)"hello", "text/plain");
            return Task.CompletedTask;
        });
        var result = await kernel.SubmitCodeAsync("#!hello");
        result.MustSucceed();
        Assert.Same(result.Command, result.Events.OfType<DisplayedValueProduced>().Single().Command);
    }

    [Theory]
    [InlineData("#!sned x", "(1,1): error DNI101: Unknown magic command '#!sned'.")]
    [InlineData("var x = 1;\n#!send x --form y", "(2,10): error DNI103: Unrecognized parameter name '--form'.")]
    [InlineData("#!send", "(1,1): error DNI104: Missing required parameter '--name' of #!send.")]
    [InlineData("#!send x --to-worker", "(1,10): error DNI104: A value is missing after '--to-worker'.")]
    [InlineData("#!send x y", "(1,10): error DNI105: A maximum of 1 occurrences are allowed for the parameter '--name' of #!send.")]
    [InlineData("#!send x --count many", "(1,18): error DNI106: The value 'many' of '--count' is not of the type that #!send expects.")]
    [InlineData("#!send x --to-worker [bob", "(1,22): error DNI106: Invalid JSON after '--to-worker'")]
    [InlineData("#!send x --to-worker bob", "(1,22): error DNI106")]
    [InlineData("#!send x back", "(1,10): error DNI107: Parameters must follow the subcommand 'back'.")]
    [InlineData("#!send @nobody", "(1,8): error DNI106: Value 'nobody' not found in kernel csharp")]
    [InlineData("#!send forbidden", "(1,1): error DNI211: It is forbidden.")]
    public async Task A_mistake_is_explained_and_nothing_runs(string code, string message)
    {
        var result = await kernel.SubmitCodeAsync("Console.Write(\"not run\");\n#!send first\n" + code);
        var shifted = message.Replace("(2,", "(4,").Replace("(1,", "(3,");
        Assert.StartsWith(shifted, result.Failure().Message);
        Assert.Single(result.Events.OfType<DiagnosticsProduced>());
        Assert.Empty(sent);
        Assert.Equal("", result.Output());
    }

    [Fact]
    public async Task A_hash_in_the_middle_of_a_line_is_no_directive() =>
        Assert.Equal("#!send", (await kernel.SubmitCodeAsync("var s =\n \"#!send\"; s")).ReturnValue());

    [Fact]
    public async Task Completions_name_parameters_subcommands_and_values()
    {
        var parameter = new KernelDirectiveParameter("--to").AddCompletions(() => ["bob", "alice"]);
        Assert.Equal(["bob", "alice"], (await parameter.GetValueCompletionsAsync()).Select(c => c.DisplayText));
        var send = kernel.KernelInfo.SupportedDirectives.Single(d => d.Name == "#!send");
        Assert.Equal(["back", "--name", "--to-worker", "--count", "--quiet"], (await send.GetChildCompletionsAsync()).Select(c => c.DisplayText));
    }

    public sealed class Send : KernelDirectiveCommand
    {
        public string? Name { get; set; }

        public int Count { get; set; } = 1;

        public bool Quiet { get; set; }

        public string[]? ToWorker { get; set; }

        public override IEnumerable<string> GetValidationErrors(CompositeKernel kernel) => Name == "forbidden" ? ["It is forbidden."] : [];
    }

    public sealed class SendBack : KernelDirectiveCommand
    {
        public string? Reason { get; set; }
    }
}
