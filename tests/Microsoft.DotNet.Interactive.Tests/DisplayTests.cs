using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Tests;

public sealed class DisplayTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Theory]
    [InlineData("var d = display(\"one\"); d.Update(\"two\");")]
    [InlineData("var d = \"one\".Display(); d.Update(\"two\");")]
    [InlineData("var d = \"one\".DisplayAs(\"text/plain\"); d.Update(\"two\");")]
    [InlineData("var d = KernelInvocationContext.Current.Display((object)\"one\"); d.Update(\"two\");")]
    public async Task An_update_reaches_the_output_it_was_given_for(string code)
    {
        var result = await kernel.SubmitCodeAsync(code);
        result.MustSucceed();
        var produced = result.Events.OfType<DisplayedValueProduced>().Single();
        var updated = result.Events.OfType<DisplayedValueUpdated>().Single();
        Assert.Equal(("one", "two"), (produced.PlainText(), updated.PlainText()));
        Assert.False(string.IsNullOrEmpty(produced.ValueId));
        Assert.Equal(produced.ValueId, updated.ValueId);
    }

    [Fact]
    public async Task A_later_cell_can_update_what_an_earlier_one_shows()
    {
        var first = await kernel.SubmitCodeAsync("var d = display(1);");
        var second = await kernel.SubmitCodeAsync("d.Update(2);");
        var updated = second.Events.OfType<DisplayedValueUpdated>().Single();
        Assert.Equal(first.Events.OfType<DisplayedValueProduced>().Single().ValueId, updated.ValueId);
        Assert.Same(second.Command, updated.Command);
    }

    [Fact]
    public async Task A_thread_that_outlives_its_cell_can_print_and_update()
    {
        var seen = new List<KernelEvent>();
        var done = new TaskCompletionSource();
        using var _ = kernel.KernelEvents.Subscribe(e =>
        {
            seen.Add(e);
            if (e is StandardOutputValueProduced) done.TrySetResult();
        });
        var result = await kernel.SubmitCodeAsync("""
            var d = display(1); var gate = new TaskCompletionSource();
            new System.Threading.Thread(() => { gate.Task.Wait(); d.Update(2); Console.WriteLine("late"); }).Start();
            """);
        result.MustSucceed();
        ((TaskCompletionSource)Value("gate")).SetResult();
        await done.Task;
        Assert.Equal([nameof(CommandSucceeded), nameof(DisplayedValueUpdated), nameof(StandardOutputValueProduced)], seen.SkipWhile(e => e is not CommandSucceeded).Select(e => e.GetType().Name));
        Assert.All(seen, e => Assert.Same(result.Command, e.Command));
    }

    [Fact]
    public async Task A_result_is_shown_in_html_and_in_plain_text()
    {
        var list = await kernel.SubmitCodeAsync("new List<int> { 1, 2 }");
        Assert.Equal(["text/html", "text/plain"], list.Events.OfType<ReturnValueProduced>().Single().MimeTypes());
        Assert.Contains("[ 1, 2 ]", list.Events.OfType<ReturnValueProduced>().Single().PlainText());
    }

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("42", "42")]
    [InlineData("1.5", "1.5")]
    [InlineData("true", "True")]
    [InlineData("DayOfWeek.Monday", "Monday")]
    [InlineData("(string)null", "<null>")]
    public async Task Text_and_numbers_are_plain_text_only(string code, string text)
    {
        var shown = (await kernel.SubmitCodeAsync(code)).Events.OfType<ReturnValueProduced>().Single();
        Assert.Equal(["text/plain"], shown.MimeTypes());
        Assert.Equal(text, shown.PlainText());
    }

    [Fact]
    public async Task A_mime_type_that_is_asked_for_is_the_only_one()
    {
        var result = await kernel.SubmitCodeAsync("var d = display(HTML(\"<b>1</b>\"), \"text/html\"); d.Update(HTML(\"<b>2</b>\"));");
        Assert.All(result.Events.OfType<DisplayEvent>(), e => Assert.Equal(["text/html"], e.MimeTypes()));
        Assert.Equal("<b>2</b>", result.Events.OfType<DisplayedValueUpdated>().Single().FormattedValues.Single().Value);
    }

    [Fact]
    public async Task Output_is_told_while_the_cell_runs_and_from_every_thread_it_starts()
    {
        var seen = new TaskCompletionSource();
        using var _ = kernel.KernelEvents.Subscribe(e =>
        {
            if (e is StandardOutputValueProduced) seen.TrySetResult();
        });
        var cell = kernel.SubmitCodeAsync("""
            var go = new TaskCompletionSource();
            Console.Write("first"); await go.Task;
            var t = new System.Threading.Thread(() => Console.Write(" second")); t.Start(); t.Join();
            await Task.Run(() => Console.Write(" third"));
            Console.Error.Write("wrong");
            """);
        await Task.WhenAny(seen.Task, cell);
        Assert.False(cell.IsCompleted);
        ((TaskCompletionSource)Value("go")).SetResult();
        var result = await cell;
        Assert.Equal("first second third", result.Output());
        Assert.Equal("wrong", result.Events.OfType<StandardErrorValueProduced>().Single().PlainText());
    }

    [Fact]
    public async Task A_great_deal_of_output_arrives_whole()
    {
        var result = await kernel.SubmitCodeAsync("for (var i = 0; i < 20_000; i++) Console.WriteLine(i);");
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(i => i + "\n")), result.Output());
    }

    [Fact]
    public async Task A_property_that_throws_is_shown_as_what_it_throws_and_no_stack()
    {
        var shown = (await kernel.SubmitCodeAsync("class Half { public int Good => 1; public int Bad => throw new InvalidOperationException(\"broken <b>\"); }\nnew Half()")).Events.OfType<ReturnValueProduced>().Single();
        foreach (var value in shown.FormattedValues)
        {
            Assert.Contains(value.MimeType == "text/html" ? "InvalidOperationException: broken &lt;b&gt;" : "InvalidOperationException: broken <b>", value.Value);
            Assert.DoesNotContain(" at ", value.Value);
        }

        var exception = (await kernel.SubmitCodeAsync("try { int.Parse(\"x\"); } catch (Exception e) { display(e); }")).Events.OfType<DisplayedValueProduced>().Single();
        Assert.EndsWith("\n   at cell 2, line 1", exception.PlainText());
    }

    [Fact]
    public async Task A_formatter_that_fails_fails_the_cell()
    {
        (await kernel.SubmitCodeAsync("""
            class Broken { }
            Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Broken>(b => throw new InvalidOperationException("cannot draw"), "text/html");
            """)).MustSucceed();
        Assert.Contains("cannot draw", (await kernel.SubmitCodeAsync("new Broken()")).Failure().Message);
    }

    // While a cell runs, and between cells, its variables can be looked at from outside.
    private object Value(string name)
    {
        var csharp = (Microsoft.DotNet.Interactive.CSharp.CSharpKernel)kernel.FindKernelByName("csharp")!;
        Assert.True(csharp.TryGetValue(name, out object? value));
        return value!;
    }

    [Theory]
    [InlineData("display(1)", "1")]
    [InlineData("\"a\".Display()", "a")]
    public async Task What_has_been_displayed_is_not_shown_again_as_the_result(string code, string text)
    {
        var result = await kernel.SubmitCodeAsync(code);
        Assert.Equal(text, result.Events.OfType<DisplayedValueProduced>().Single().PlainText());
        Assert.All(result.Events.OfType<ReturnValueProduced>().Single().FormattedValues, value => Assert.True(value.SuppressDisplay));
    }

    [Fact]
    public async Task A_line_is_one_event()
    {
        var result = await kernel.SubmitCodeAsync("Console.WriteLine(4); Console.WriteLine(true); Console.WriteLine(1.5); Console.WriteLine(\"{0}!\", 3); Console.WriteLine('c'); Console.WriteLine(DayOfWeek.Friday); Console.WriteLine(2m); Console.WriteLine();");
        Assert.Equal(["4\n", "True\n", "1.5\n", "3!\n", "c\n", "Friday\n", "2\n", "\n"], result.Events.OfType<StandardOutputValueProduced>().Select(e => e.PlainText()));
    }

    [Fact]
    public async Task Sequences_are_shown_as_tables_and_formulas_as_formulas()
    {
        var table = (await kernel.SubmitCodeAsync("new[] { new { A = 1, B = \"x\" } }.DisplayTable();")).Events.OfType<DisplayedValueProduced>().Single();
        Assert.Contains("<table>", table.FormattedValues.First(v => v.MimeType == "text/html").Value);
        var latex = (await kernel.SubmitCodeAsync("Microsoft.DotNet.Interactive.Formatting.LaTeXString f = \"x^2\"; f")).Events.OfType<ReturnValueProduced>().Single();
        Assert.Equal([("text/latex", "x^2"), ("text/plain", "x^2")], latex.FormattedValues.Select(v => (v.MimeType, v.Value)));
    }
}
