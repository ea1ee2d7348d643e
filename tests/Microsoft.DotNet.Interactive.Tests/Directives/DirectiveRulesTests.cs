using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.Directives;

public sealed class DirectiveRulesTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();
    private readonly List<Values> sent = [];

    public DirectiveRulesTests() => kernel.AddDirective<Values>(
        new KernelActionDirective("#!values") { Parameters = [new("--number"), new("--on"), new("--mode"), new("--file"), new("--obj"), new("--text") { AllowImplicitName = true }] },
        (command, _) =>
        {
            sent.Add(command);
            return Task.CompletedTask;
        });

    public void Dispose() => kernel.Dispose();

    private static Task Nothing(KernelCommand command, KernelInvocationContext context) => Task.CompletedTask;

    [Fact]
    public async Task Values_of_every_kind_are_read()
    {
        (await kernel.SubmitCodeAsync("#!values --number -3 --on true --mode second --file /a/b.txt --obj {\"number\": 3} \"a \\\"b\\\" c\"")).MustSucceed();
        var values = Assert.Single(sent);
        Assert.Equal((-3, true, Mode.Second, "/a/b.txt", 3, "a \"b\" c"), (values.Number, values.On, values.Mode, values.File!.FullName, values.Obj!.Number, values.Text));
    }

    [Theory]
    [InlineData("--number 7.5", "DNI106")]
    [InlineData("--number abc", "DNI106")]
    [InlineData("--on yes", "DNI106")]
    [InlineData("--mode third", "DNI106")]
    [InlineData("--obj {bad", "DNI106")]
    [InlineData("--text @csharp:nothing", "DNI106")]
    [InlineData("--text @nokernel:x", "DNI106: There is no kernel named 'nokernel'")]
    [InlineData("--text", "DNI104")]
    [InlineData("--text --number 3", "DNI104")]
    [InlineData("--text=abc", "DNI103")]
    [InlineData("--help", "DNI103")]
    [InlineData("a b", "DNI105")]
    public async Task What_does_not_fit_is_told_where_it_stands_and_nothing_runs(string line, string code)
    {
        var result = await kernel.SubmitCodeAsync($"Console.Write(\"ran\");\n#!values {line}");
        Assert.Contains($": error {code}", result.Failure().Message);
        Assert.Equal(1, result.Events.OfType<DiagnosticsProduced>().Single().Diagnostics.Single().LinePositionSpan.Start.Line);
        Assert.Equal("", result.Output());
        Assert.Empty(sent);
    }

    [Fact]
    public async Task Every_objection_of_a_command_is_told()
    {
        kernel.AddDirective<Choosy>(new KernelActionDirective("#!choosy") { Parameters = [new("--n")] }, (_, _) => throw new InvalidOperationException("It ran."));
        var result = await kernel.SubmitCodeAsync("#!choosy --n -3");
        Assert.Equal(["DNI211: It is negative.", "DNI211: It is odd."], result.Events.OfType<DiagnosticsProduced>().Single().Diagnostics.Select(d => $"{d.Code}: {d.Message}"));
        Assert.Contains("negative", result.Failure().Message);
        Assert.Contains("odd", result.Failure().Message);
    }

    [Fact]
    public void A_directive_that_could_be_read_in_two_ways_cannot_be_added()
    {
        Assert.Throws<ArgumentException>(() => kernel.AddDirective(new KernelActionDirective("name"), Nothing));
        Assert.Throws<ArgumentException>(() => kernel.AddDirective(new KernelActionDirective("#!two words"), Nothing));
        Assert.Throws<ArgumentException>(() => kernel.AddDirective(new KernelActionDirective("#!a") { Parameters = [new("--x") { AllowImplicitName = true }, new("--y") { AllowImplicitName = true }] }, Nothing));
        Assert.Throws<ArgumentException>(() => kernel.AddDirective(new KernelActionDirective("#!a") { Parameters = [new("--x"), new("--x")] }, Nothing));
        Assert.Throws<ArgumentException>(() => kernel.AddDirective(new KernelActionDirective("#!a") { Subcommands = { new KernelActionDirective("b") { Parameters = [new("--x"), new("--x")] } } }, Nothing));
    }

    [Fact]
    public async Task Subcommands_know_their_parent_however_they_are_given()
    {
        KernelActionDirective added = new("added"), listed = new("listed");
        var parent = new KernelActionDirective("#!parent") { Subcommands = [listed] };
        parent.Subcommands.Add(added);
        Assert.Same(parent, listed.Parent);
        Assert.Same(parent, added.Parent);
        kernel.AddDirective(parent, Nothing);
        kernel.AddDirective<Values>(listed, (_, context) => Task.FromResult(context.Display((object)"listed", "text/plain")));
        Assert.Equal("listed", (await kernel.SubmitCodeAsync("#!parent listed")).Events.OfType<DisplayedValueProduced>().Single().PlainText());
        Assert.Contains("DNI101", (await kernel.SubmitCodeAsync("#!listed")).Failure().Message);
    }

    [Fact]
    public async Task Without_a_default_a_cell_can_still_choose_its_kernel()
    {
        using var two = new CompositeKernel { new CSharpKernel("a"), new CSharpKernel("b") };
        (await two.SubmitCodeAsync("\n#!b\nvar x = 20;\n#!a\nvar x = 1;")).MustSucceed();
        Assert.Equal(20, (await two.SendAsync(new SubmitCode("x", "b"), TestContext.Current.CancellationToken)).ReturnValue());
        Assert.IsType<NoSuitableKernelException>((await two.SubmitCodeAsync("x")).Failure().Exception);
        Assert.IsType<NoSuitableKernelException>((await two.SubmitCodeAsync("x\n#!a\nx")).Failure().Exception);
    }

    [Fact]
    public async Task A_parameter_that_is_given_is_not_offered_again()
    {
        var result = await kernel.SendAsync(new RequestCompletions("#!values --number 3 --", new(0, 22)), TestContext.Current.CancellationToken);
        Assert.Equal(["--on", "--mode", "--file", "--obj", "--text"], result.Events.OfType<CompletionsProduced>().Single().Completions.Select(c => c.DisplayText));
    }

    private enum Mode
    {
        First,
        Second,
    }

    private class Inner
    {
        public int Number { get; set; }
    }

    private class Values : KernelCommand
    {
        public int Number { get; set; }

        public bool On { get; set; }

        public Mode Mode { get; set; }

        public FileInfo? File { get; set; }

        public Inner? Obj { get; set; }

        public string? Text { get; set; }
    }

    private class Choosy : KernelDirectiveCommand
    {
        public int N { get; set; }

        public override IEnumerable<string> GetValidationErrors(CompositeKernel kernel)
        {
            if (N < 0) yield return "It is negative.";
            if (N % 2 != 0) yield return "It is odd.";
        }
    }
}
