using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

public sealed class SignatureHelpTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Theory]
    [InlineData("Add(|", "int Add(int a, int b)", 0, "a")]
    [InlineData("Add(1,|", "int Add(int a, int b)", 1, "b")]
    [InlineData("Add(1, | )", "int Add(int a, int b)", 1, "b")]
    [InlineData("Add(b: 1|", "int Add(int a, int b)", 1, "b")]
    [InlineData("Add(Add(1, 2), |", "int Add(int a, int b)", 1, "b")]
    [InlineData("Add(Math.Max(1, |", "byte Math.Max(byte val1, byte val2)", 1, "val2")]
    [InlineData("new Point(1, |)", "Point(int X, int Y)", 1, "Y")]
    [InlineData("Point p = new(1, |)", "Point(int X, int Y)", 1, "Y")]
    [InlineData("Twice(|", "int Func<int, int>.Invoke(int arg)", 0, "arg")]
    [InlineData("\"abc\".Substring(1, |", "string string.Substring(int startIndex, int length)", 1, "length")]
    [InlineData("\"abc\".Substring(|", "string string.Substring(int startIndex)", 0, "startIndex")]
    [InlineData("new List<int>()[|", "int List<int>.this[int index]", 0, "index")]
    [InlineData("new[] { 1 }.Where(|", "IEnumerable<int> IEnumerable<int>.Where<int>(Func<int, bool> predicate)", 0, "predicate")]
    [InlineData("string.Format(\"\", 1, 2, 3, 4, |", "string string.Format(string format, params object?[] args)", 1, "args")]
    public async Task The_call_that_is_being_written_is_shown(string marked, string label, int parameter, string name)
    {
        (await kernel.SubmitCodeAsync("int Add(int a, int b) => a + b; record Point(int X, int Y); Func<int, int> Twice = x => 2 * x;")).MustSucceed();
        var help = await SignaturesAsync(marked);
        var active = help.Signatures[help.ActiveSignatureIndex];
        Assert.Equal((label, parameter), (active.Label, help.ActiveParameterIndex));
        Assert.Equal(name, active.Parameters[parameter].Label);
    }

    [Fact]
    public async Task Overloads_and_documentation_are_shown()
    {
        var help = await SignaturesAsync("Console.WriteLine(|)");
        Assert.True(help.Signatures.Count > 15);
        Assert.Equal("void Console.WriteLine()", help.Signatures[0].Label);
        var path = await SignaturesAsync("Path.GetFileName(|");
        Assert.Contains("file name and extension", path.Signatures[0].Documentation.Value);
        Assert.Contains("path string", path.Signatures.Single(s => s.Label.StartsWith("string")).Parameters[0].Documentation.Value);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("nobody(|")]
    [InlineData("Console.WriteLine(1)|")]
    [InlineData("Task.Run(() => { var x = 1; | })")]
    [InlineData("#!nobody (|")]
    public async Task Elsewhere_there_is_no_signature(string marked) => Assert.Empty((await SignaturesAsync(marked)).Signatures);

    private async Task<SignatureHelpProduced> SignaturesAsync(string marked)
    {
        var before = marked[..marked.IndexOf('|')].Split('\n');
        var result = await kernel.SendAsync(new RequestSignatureHelp(marked.Replace("|", ""), new LinePosition(before.Length - 1, before[^1].Length)));
        result.MustSucceed();
        return result.Events.OfType<SignatureHelpProduced>().Single();
    }
}
