using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

/// <summary>Extension methods and extension blocks, which the compiler knows in no script.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task A_static_class_may_have_extension_methods_of_every_kind()
    {
        (await kernel.SubmitCodeAsync("""
            record Point(int X);
            static class Ext
            {
                const int Factor = 2;
                public static int Twice(this Point p) => p.X * Factor; // This stays.
                static int Next(this int n) => n + 1;
                private static int AfterNext(this int n) { return n.Next() + 1; }
                public static int Use(this int n,
                    int times = 2, params int[] more) => n.AfterNext() * times + more.Length;
                public static T Pick<T, U>(this T t, U u, out U v) where T : class // This, too.
                    where U : struct
                { v = u; return t; }
                public static void Add(this ref int n, in int m) => n += m;
                public static async Task<int> Later(this int n) { await Task.Yield(); return n; }
                public static IEnumerable<int> To(this int n) { for (var i = 0; i < n; i++) yield return i; }
                public static void Deconstruct(this int n, out int a, out int b) { a = n / 10; b = n % 10; }
                public static string Text(this bool b, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(b))] string text = "") => text;
            }
            """)).MustSucceed();
        Assert.Equal("6 14 7 a5 3 0,1,2 42 num > 3 4", (await kernel.SubmitCodeAsync("""
            int num = 3; num.Add(4);
            var (a, b) = 42;
            $"{new Point(3).Twice()} {3.Use(2, 5, 6, 7, 8)} {num} {"a".Pick(5, out var five)}{five} {await 3.Later()} {string.Join(",", 3.To())} {a}{b} {(num > 3).Text()} {Ext.Twice(new Point(2))}"
            """)).ReturnValue());
    }

    [Fact]
    public async Task An_extension_method_can_be_declared_anew_and_hides_those_of_libraries()
    {
        (await kernel.SubmitCodeAsync("static class Ext { public static int Size(this string s) => s.Length; }")).MustSucceed();
        (await kernel.SubmitCodeAsync("static class Ext { public static int Size(this string s) => 10 * s.Length; public static int Count<T>(this IEnumerable<T> q) => -1; }")).MustSucceed();
        Assert.Equal(30, (await kernel.SubmitCodeAsync("\"abc\".Size()")).ReturnValue());
        Assert.Equal(-1, (await kernel.SubmitCodeAsync("new[] { 1 }.Count()")).ReturnValue());
    }

    [Fact]
    public async Task What_is_wrong_in_an_extension_method_is_told_once_and_where_it_is()
    {
        Assert.Equal("(2,36): error CS0246: The type or namespace name 'Nobody' could not be found (are you missing a using directive or an assembly reference?)",
            (await kernel.SubmitCodeAsync("static class Ext {\n    public static int Wrong(  this Nobody n) => 1;\n}")).Failure().Message);
        (await kernel.SubmitCodeAsync("static class Ext\n{\n  public static int At(this int[] a, int i)\n  {\n    return a[i];\n  }\n}")).MustSucceed();
        Assert.EndsWith("\n   at At in cell 2, line 5\n   at cell 3, line 1", (await kernel.SubmitCodeAsync("new int[1].At(2)")).Failure().Message);
    }

    [Fact]
    public async Task Extension_blocks_have_properties_methods_and_static_members()
    {
        (await kernel.SubmitCodeAsync("using System.Globalization;")).MustSucceed();
        Assert.Equal("6 ABC! 7 True 3", (await kernel.SubmitCodeAsync("""
            static class Ext
            {
                extension(string s) { public int Twice => s.Length * 2; public string Loud() => s.ToUpper(CultureInfo.InvariantCulture) + "!"; }
                extension<T>(IEnumerable<T> q) { public bool IsEmpty => !q.Any(); }
                extension(Math) { public static int Seven => 7; }
                public static int Old(this string s) => s.Length;
            }
            $"{"abc".Twice} {"abc".Loud()} {Math.Seven} {new int[0].IsEmpty} {"abc".Old()}"
            """)).ReturnValue());
        Assert.Equal("4", (await kernel.SubmitCodeAsync("\"ab\".Twice.ToString()")).ReturnValue());
    }

    [Fact]
    public async Task An_extension_block_may_extend_a_type_of_its_own_cell()
    {
        (await kernel.SubmitCodeAsync("record Point(int X, Kind Kind); enum Kind { Round }\nstatic class Ext { extension(Point p) { public int Twice => p.X * 2; } }\nclass Other { }\nvar p = new Point(3, Kind.Round);")).MustSucceed();
        Assert.Equal(6, (await kernel.SubmitCodeAsync("new Other(); p.Twice")).ReturnValue());
        Assert.Equal(8, (await kernel.SubmitCodeAsync("new Point(4, default).Twice")).ReturnValue());
    }

    [Fact]
    public async Task An_extension_block_can_be_declared_anew_and_one_that_fails_changes_nothing()
    {
        (await kernel.SubmitCodeAsync("static class Ext { extension(string s) { public int Size => s.Length; } }")).MustSucceed();
        (await kernel.SubmitCodeAsync("static class Ext { extension(string s) { public int Size => 10 * s.Length; } }\nnothing")).Failure();
        Assert.Equal(3, (await kernel.SubmitCodeAsync("\"abc\".Size")).ReturnValue());
        (await kernel.SubmitCodeAsync("static class Ext { extension(string s) { public int Size => 10 * s.Length; } }")).MustSucceed();
        Assert.Equal(30, (await kernel.SubmitCodeAsync("\"abc\".Size")).ReturnValue());
    }

    [Fact]
    public async Task What_is_wrong_in_an_extension_block_is_told_with_its_place()
    {
        (await kernel.SubmitCodeAsync("var elsewhere = 1;")).MustSucceed();
        var message = (await kernel.SubmitCodeAsync("static class Ext { extension(string s) { public int Size => elsewhere; } }")).Failure().Message;
        Assert.StartsWith("(1,61): error CS0103: The name 'elsewhere' does not exist in the current context (A class with extension blocks is compiled before the rest of its cell", message);
        (await kernel.SubmitCodeAsync("static class Ext\n{\n  extension(string s)\n  {\n    public int First => int.Parse(s);\n    public void Spin() { while (true) { } }\n  }\n}")).MustSucceed();
        Assert.EndsWith("\n   at get_First in cell 3, line 5\n   at cell 4, line 1", (await kernel.SubmitCodeAsync("\"x\".First")).Failure().Message);
        var spinning = kernel.SubmitCodeAsync("\"x\".Spin();");
        while (!spinning.IsCompleted)
        {
            await Task.Delay(50);
            await kernel.SendAsync(new Cancel());
        }

        Assert.Equal("The command was cancelled.", (await spinning).Failure().Message);
        (await kernel.SubmitCodeAsync("1")).MustSucceed();
    }

    [Fact]
    public async Task An_editor_knows_extensions_while_they_are_written()
    {
        const string code = "static class Ext { extension(string s) { public int Size => s.Len; } }\n\"\".Si";
        var inside = await kernel.SendAsync(new RequestCompletions(code, new LinePosition(0, 65)));
        Assert.Contains(inside.Events.OfType<CompletionsProduced>().Single().Completions, c => c.DisplayText == "Length");
        var behind = await kernel.SendAsync(new RequestCompletions(code, new LinePosition(1, 5)));
        Assert.Contains(behind.Events.OfType<CompletionsProduced>().Single().Completions, c => c.DisplayText == "Size");
        var diagnostics = await kernel.SendAsync(new RequestDiagnostics("static class Ext { public static int Size(this string s) => s.Length; }\nstatic class Ext2 { extension(string s) { public int Size2 => s.Length; } }\n\"\".Size() + \"\".Size2"));
        Assert.Empty(diagnostics.Events.OfType<DiagnosticsProduced>().Single().Diagnostics);
    }
}
