using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

public sealed class HoverTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Theory]
    [InlineData("Console.Write|Line(\"x\")", "void Console.WriteLine(string? value) (+ ", "Writes the specified string value, followed by the current line terminator")]
    [InlineData("numbers.Ad|d(1)", "void List<int>.Add(int item)", "Adds an object to the end of the")]
    [InlineData("numb|ers", "(field) List<int> numbers", "")]
    [InlineData("numbers|", "(field) List<int> numbers", "")]
    [InlineData("numbers.Whe|re(n => n > 1)", "(extension) IEnumerable<int> IEnumerable<int>.Where<int>(Func<int, bool> predicate) (+ 1 overload)", "Filters a sequence of values based on a predicate")]
    [InlineData("Lis|t<int> l;", "class System.Collections.Generic.List<int>", "strongly typed list of objects")]
    [InlineData("new Lis|t<int>()", "List<int>.List()", "Initializes a new instance")]
    [InlineData("in|t x = 1;", "readonly struct System.Int32", "32-bit signed integer")]
    [InlineData("var x = 12|34;", "readonly struct System.Int32", "")]
    [InlineData("\"te|xt\"", "sealed class System.String", "")]
    [InlineData("va|r x = 1;", "readonly struct System.Int32", "")]
    [InlineData("{ var lo|cal = 1L; }", "(local variable) long local", "")]
    [InlineData("numbers.Select(n| => n)", "(parameter) int n", "")]
    [InlineData("Add(1, b|: 2)", "(parameter) int b", "The second of them.")]
    [InlineData("Ad|d(1, 2)", "int Add(int a, int b)", "Adds two numbers.")]
    [InlineData("DayOfWeek.Mon|day", "(enum member) DayOfWeek.Monday = 1", "Indicates Monday")]
    [InlineData("Sys|tem.Text", "namespace System", "")]
    [InlineData("\"\".Len|gth", "int string.Length { get; }", "Gets the number of characters")]
    [InlineData("ObjectDisposedException.ThrowI|f(true, 1)", "ThrowIf(bool condition, object instance)", "**ObjectDisposedException**: The `condition` is `true`.")]
    public async Task A_name_is_explained(string marked, string declaration, string documentation)
    {
        (await kernel.SubmitCodeAsync("""
            var numbers = new List<int>();
            /// <summary>Adds two numbers.</summary>
            /// <param name="b">The second of them.</param>
            int Add(int a, int b) => a + b;
            """)).MustSucceed();
        var hover = await HoverAsync(marked);
        var markdown = hover!.Content.Single(v => v.MimeType == "text/markdown").Value;
        Assert.Contains(declaration, markdown);
        Assert.Contains(documentation, markdown);
        Assert.Contains(declaration, hover.Content.Single(v => v.MimeType == "text/plain").Value);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("nobody|.knows")]
    [InlineData("numbers  |  ")]
    [InlineData("// a com|ment")]
    [InlineData("#!nobody| --x")]
    [InlineData("{{ ]|")]
    public async Task Where_there_is_nothing_to_say_nothing_is_said(string marked) => Assert.Null(await HoverAsync(marked));

    [Fact]
    public async Task The_span_is_the_name()
    {
        var hover = await HoverAsync("var x = 1;\n  Console.Wri|teLine(x);");
        Assert.Equal(new LinePositionSpan(new LinePosition(1, 10), new LinePosition(1, 19)), hover!.LinePositionSpan);
    }

    [Theory]
    [InlineData("#!gre|et bob", "Says hello.", "| `--name` | Who is greeted. (required, the name may be left out) |")]
    [InlineData("#!greet --na|me bob", "`--name`", "Who is greeted.")]
    [InlineData("#!greet bo|b", "`--name`", "Who is greeted.")]
    [InlineData("var x = 1;\n#!greet loud|ly", "`loudly`", "Shouts.")]
    [InlineData("#!csh|arp", "kernel `csharp` (C#)", "")]
    public async Task A_directive_is_explained(string marked, string first, string second)
    {
        kernel.AddDirective(
            new KernelActionDirective("#!greet", "Says hello.")
            {
                Parameters = [new KernelDirectiveParameter("--name", "Who is greeted.") { Required = true, AllowImplicitName = true }],
                Subcommands = [new KernelActionDirective("loudly", "Shouts.")],
            }, (_, _) => Task.CompletedTask);
        var markdown = (await HoverAsync(marked))!.Content.First(v => v.MimeType == "text/markdown").Value;
        Assert.Contains(first, markdown);
        Assert.Contains(second, markdown);
    }

    private async Task<HoverTextProduced?> HoverAsync(string marked)
    {
        var before = marked[..marked.IndexOf('|')].Split('\n');
        var result = await kernel.SendAsync(new RequestHoverText(marked.Replace("|", ""), new LinePosition(before.Length - 1, before[^1].Length)));
        result.MustSucceed();
        return result.Events.OfType<HoverTextProduced>().SingleOrDefault();
    }
}
