using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

public sealed class CompletionTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Theory]
    [InlineData("numbers.Ad|", "Add,AddRange", 8, 10)]
    [InlineData("var x = 1;\nConsole.WriteL|", "WriteLine", 8, 14)]
    [InlineData("numb|", "numbers", 0, 4)]
    [InlineData("Console.|WriteLine()", "Beep", 8, 8)]
    [InlineData("numbers.Where(n => n.CompareT|)", "CompareTo", 21, 29)]
    [InlineData("numbers?.Sele|", "Select", 9, 13)]
    [InlineData("System.IO.Pat|", "Path", 10, 13)]
    [InlineData("fore|", "foreach", 0, 4)]
    [InlineData("#!hello --who |", "bob", 14, 14)]
    [InlineData("#!hello |", "--who", 8, 8)]
    [InlineData("#!he|", "#!hello", 0, 4)]
    [InlineData("#!hello --who bob\nnumbers.Cou|", "Count", 8, 11)]
    public async Task Names_are_completed(string marked, string expected, int start, int end)
    {
        (await kernel.SubmitCodeAsync("var numbers = new List<int>();")).MustSucceed();
        kernel.AddDirective(new KernelActionDirective("#!hello") { Parameters = [new KernelDirectiveParameter("--who").AddCompletions(() => ["bob"])] }, (_, _) => Task.CompletedTask);
        var (produced, line) = await CompleteAsync(marked);
        Assert.Superset(expected.Split(',').ToHashSet(), produced.Completions.Select(c => c.DisplayText).ToHashSet());
        Assert.Equal(new LinePositionSpan(new LinePosition(line, start), new LinePosition(line, end)), produced.LinePositionSpan);
    }

    [Theory]
    [InlineData("$\"{cat.|}\"", "Age")]
    [InlineData("$\"a {cat.Sa|} b {numbers}\"", "Say")]
    [InlineData("$\"\"\"{cat.|}\"\"\"", "Age")]
    [InlineData("var x = cat.\ncat.Ag|", "Age")]
    [InlineData("cat.\nConsole.Wri|", "Write")]
    [InlineData("var x = 1 +\ncat.Ag|", "Age")]
    [InlineData("#!time\ncat.|", "Age")]
    [InlineData("new Cat { A|", "Age")]
    [InlineData("new Cat { Name = \"\", | }", "Age")]
    [InlineData("cat is { A|", "Age")]
    [InlineData("cat is { Name: \"\", A| }", "Age")]
    [InlineData("cat.Say(wh|", "what:")]
    [InlineData("cat.Say(1, |", "what:")]
    [InlineData("numbers.Select(n => n.|).ToList()", "CompareTo")]
    [InlineData("if (numbers.|", "Count")]
    [InlineData("5.|", "CompareTo")]
    [InlineData("// a comment\ncat.|", "Age")]
    [InlineData("var s = \"a\" + cat.|", "Age")]
    [InlineData("/* one */ cat.|", "Age")]
    public async Task Places_of_every_kind_are_understood(string marked, string first)
    {
        (await kernel.SubmitCodeAsync("var numbers = new List<int>(); class Cat { public int Age { get; set; } public string Name = \"\"; public string Say(int times, string what = \"\") => what; }\nvar cat = new Cat();")).MustSucceed();
        var (produced, _) = await CompleteAsync(marked);
        Assert.Contains(first, produced.Completions.Take(2).Select(c => c.DisplayText).Concat(produced.Completions.Count() < 200 ? produced.Completions.Select(c => c.DisplayText) : []));
    }

    [Theory]
    [InlineData("// cat.|")]
    [InlineData("// c|")]
    [InlineData("/* c| */")]
    [InlineData("/// c|\nint x;")]
    [InlineData("var s = \"Con|\";")]
    [InlineData("var s = \"Con|")]
    [InlineData("@\"c:\\|")]
    [InlineData("$\"Con|\"")]
    [InlineData("\"\"\"{Con|}\"\"\"")]
    [InlineData("#r \"|")]
    [InlineData("#r \"Sys|\"")]
    [InlineData("12|")]
    public async Task Where_no_code_is_nothing_is_offered(string marked) => Assert.Empty((await CompleteAsync(marked)).Produced.Completions);

    [Fact]
    public async Task What_does_not_fit_is_not_offered()
    {
        var (produced, _) = await CompleteAsync("\"text\".|");
        Assert.Contains(produced.Completions, c => c.DisplayText == "Substring" && c.Kind == "Method");
        Assert.DoesNotContain(produced.Completions, c => c.DisplayText is "IsNullOrEmpty" or "foreach");
    }

    [Theory]
    [InlineData("|")]
    [InlineData("nobody.|")]
    [InlineData("#!nobody --x |")]
    [InlineData("{{{ \" ] |")]
    public async Task Half_typed_code_is_no_error(string marked) => await CompleteAsync(marked);

    [Fact]
    public async Task A_running_cell_does_not_keep_completions_waiting()
    {
        var running = kernel.SubmitCodeAsync("var go = new TaskCompletionSource(); await go.Task;");
        await CompleteAsync("Console.|");
        Assert.False(running.IsCompleted);
        await kernel.SendAsync(new Cancel());
        await running;
    }

    private async Task<(CompletionsProduced Produced, int Line)> CompleteAsync(string marked)
    {
        var before = marked[..marked.IndexOf('|')].Split('\n');
        var result = await kernel.SendAsync(new RequestCompletions(marked.Replace("|", ""), new LinePosition(before.Length - 1, before[^1].Length)));
        result.MustSucceed();
        return (result.Events.OfType<CompletionsProduced>().Single(), before.Length - 1);
    }
}
