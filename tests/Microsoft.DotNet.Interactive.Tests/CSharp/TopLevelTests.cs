namespace Microsoft.DotNet.Interactive.Tests.CSharp;

/// <summary>What a program may have at its top level, in a cell.</summary>
public sealed class TopLevelTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task What_is_declared_with_using_is_disposed_of_at_the_end_of_the_cell()
    {
        (await kernel.SubmitCodeAsync("""
            class Noisy(string name) : IDisposable, IAsyncDisposable
            {
                public int Thread => Environment.CurrentManagedThreadId;
                public string Name = name;
                public void Dispose() { Console.Write($"-{Name}"); Name = "gone"; }
                public ValueTask DisposeAsync() { Dispose(); return default; }
            }
            """)).MustSucceed();
        var result = await kernel.SubmitCodeAsync("using var a = new Noisy(\"a\");\nConsole.Write(a.Name);\nusing Noisy b = new(\"b\"), c = new(\"c\");\nawait using var d = new Noisy(\"d\");\nusing (var e = new Noisy(\"e\")) { }\na.Name");
        Assert.Equal("a", result.ReturnValue());
        Assert.Equal("a-e-d-c-b-a", result.Output());
        Assert.Equal("gone", (await kernel.SubmitCodeAsync("a.Name")).ReturnValue());
        Assert.Equal("-f", (await kernel.SubmitCodeAsync("using var f = new Noisy(\"f\");\nthrow new Exception();")).Output());
        Assert.EndsWith("cell 5, line 2", (await kernel.SubmitCodeAsync("using var g = new Noisy(\"g\");\nint.Parse(\"x\")")).Failure().Message);
        Assert.Equal("text", (await kernel.SubmitCodeAsync("using System.IO;\n// using what is disposed of\nusing var reader = new StringReader(\"text\");\nreader.ReadToEnd()")).ReturnValue());
        (await kernel.SubmitCodeAsync("using var none = (IDisposable)null;")).MustSucceed();
    }

    [Fact]
    public async Task What_cannot_be_disposed_of_is_a_compile_error() =>
        Assert.Equal("(2,11): error CS1674: 'int': type used in a using statement must implement 'System.IDisposable'.", (await kernel.SubmitCodeAsync("\nusing var x = 1;")).Failure().Message);

    [Fact]
    public async Task A_result_is_shown_as_it_was_before_it_was_disposed_of()
    {
        (await kernel.SubmitCodeAsync("class Text : IDisposable { string text = \"whole\"; public override string ToString() => text; public void Dispose() => text = \"torn\"; }\nMicrosoft.DotNet.Interactive.Formatting.Formatter.Register<Text>(t => t.ToString(), \"text/plain\");")).MustSucceed();
        var result = await kernel.SubmitCodeAsync("using var text = new Text();\ntext");
        Assert.Equal("whole", result.Events.OfType<Events.ReturnValueProduced>().Single().PlainText());
    }

    [Fact]
    public async Task A_type_of_a_file_is_one_of_the_notebook() =>
        Assert.Equal(1, (await kernel.SubmitCodeAsync("file class Hidden { public int V = 1; }\nnew Hidden().V")).ReturnValue());

    [Fact]
    public async Task What_lives_on_the_stack_alone_is_told_where_to_go()
    {
        Assert.Contains("put this one into braces", (await kernel.SubmitCodeAsync("Span<int> numbers = stackalloc int[3];")).Failure().Message);
        Assert.Equal("3", (await kernel.SubmitCodeAsync("{ Span<int> numbers = stackalloc int[3]; Console.Write(numbers.Length); }")).Output());
    }
}
