using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

public sealed class CellTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task The_last_expression_is_the_result() =>
        Assert.Equal(3, (await kernel.SubmitCodeAsync("1 + 2")).ReturnValue());

    [Fact]
    public async Task A_statement_has_no_result()
    {
        var result = await kernel.SubmitCodeAsync("var x = 1;");
        result.MustSucceed();
        Assert.Empty(result.Events.OfType<ReturnValueProduced>());
        Assert.Empty((await kernel.SubmitCodeAsync("Console.Write(x)")).Events.OfType<ReturnValueProduced>());
    }

    [Fact]
    public async Task A_null_is_a_result() => Assert.Null((await kernel.SubmitCodeAsync("(string)null")).ReturnValue());

    [Fact]
    public async Task Variables_functions_types_and_usings_live_on_in_later_cells()
    {
        (await kernel.SubmitCodeAsync("using System.Globalization;\nvar x = 20; int Twice(int n) => 2 * n; record Point(int X, int Y); class Box<T> { public T Value; }")).MustSucceed();
        (await kernel.SubmitCodeAsync("x++; class Net : Box<Point> { public Net() { Value = new Point(21, 1); } }")).MustSucceed();
        Assert.Equal(42, (await kernel.SubmitCodeAsync("Twice(x)")).ReturnValue());
        Assert.Equal("Point { X = 1, Y = 2 }", (await kernel.SubmitCodeAsync("new Point(1, 2).ToString()")).ReturnValue());
        Assert.Equal(21, (await kernel.SubmitCodeAsync("new Net().Value.X")).ReturnValue());
        Assert.Equal("", (await kernel.SubmitCodeAsync("CultureInfo.InvariantCulture.Name")).ReturnValue());
    }

    [Fact]
    public async Task A_cell_may_await() => Assert.Equal(7, (await kernel.SubmitCodeAsync("await Task.Delay(1); var y = await Task.FromResult(7); y")).ReturnValue());

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("// nothing but a comment")]
    [InlineData("using System.Net;")]
    [InlineData(";")]
    public async Task A_cell_without_code_succeeds(string code)
    {
        (await kernel.SubmitCodeAsync(code)).MustSucceed();
        (await kernel.SubmitCodeAsync("var after = 1;")).MustSucceed();
        Assert.Equal(1, (await kernel.SubmitCodeAsync("after")).ReturnValue());
    }

    [Fact]
    public async Task Events_come_in_the_documented_order()
    {
        var seen = new List<string>();
        using var _ = kernel.KernelEvents.Subscribe(e => seen.Add(e.GetType().Name));
        var result = await kernel.SubmitCodeAsync("Console.WriteLine(\"a\"); display(1); 2");
        string[] expected =
        [
            nameof(CodeSubmissionReceived), nameof(CompleteCodeSubmissionReceived), nameof(StandardOutputValueProduced),
            nameof(DisplayedValueProduced), nameof(DiagnosticsProduced), nameof(ReturnValueProduced), nameof(CommandSucceeded),
        ];
        Assert.Equal(expected, result.Events.Select(e => e.GetType().Name));
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task A_compile_error_stops_the_cell_and_changes_nothing()
    {
        (await kernel.SubmitCodeAsync("var x = 1;")).MustSucceed();
        var result = await kernel.SubmitCodeAsync("x = 2;\nvar y = nothing;");
        Assert.IsType<CodeSubmissionCompilationErrorException>(result.Failure().Exception);
        Assert.Equal("(2,9): error CS0103: The name 'nothing' does not exist in the current context", result.Failure().Message);
        Assert.Equal("CS0103", Assert.Single(result.Events.OfType<DiagnosticsProduced>().Single().Diagnostics).Code);
        Assert.Equal(1, (await kernel.SubmitCodeAsync("x")).ReturnValue());
        Assert.IsType<CommandFailed>((await kernel.SubmitCodeAsync("y")).Events[^1]);
    }

    [Fact]
    public async Task An_unfinished_cell_is_told_from_a_wrong_one()
    {
        var unfinished = await kernel.SubmitCodeAsync("int Twice(int x) {");
        Assert.Single(unfinished.Events.OfType<IncompleteCodeSubmissionReceived>());
        unfinished.Failure();
    }

    [Fact]
    public async Task An_exception_fails_the_cell_and_keeps_what_came_before_it()
    {
        var result = await kernel.SubmitCodeAsync("var kept = 5;\nthrow new InvalidOperationException(\"wrong\");");
        Assert.IsType<InvalidOperationException>(result.Failure().Exception);
        Assert.Equal("System.InvalidOperationException: wrong\n   at cell 1, line 2", result.Failure().Message);
        Assert.Equal(5, (await kernel.SubmitCodeAsync("kept")).ReturnValue());
    }

    [Fact]
    public async Task An_error_names_the_functions_and_lines_of_the_cells_that_led_to_it()
    {
        (await kernel.SubmitCodeAsync("""
            int Divide(int a, int b)
            {
                return a / b;
            }
            class Sum { public async Task<int> Load() { await Task.Yield(); return int.Parse("x"); } }
            """)).MustSucceed();
        Assert.Equal("System.DivideByZeroException: Attempted to divide by zero.\n   at Divide in cell 1, line 3\n   at cell 2, line 2",
            (await kernel.SubmitCodeAsync("\nDivide(1, 0)")).Failure().Message);
        var message = (await kernel.SubmitCodeAsync("await new Sum().Load()")).Failure().Message;
        Assert.StartsWith("System.FormatException: The input string 'x' was not in a correct format.\n", message);
        Assert.EndsWith("\n   at Load in cell 1, line 5\n   at cell 3, line 1", message);
    }

    [Fact]
    public async Task An_error_inside_a_library_is_told_with_the_line_of_the_cell_and_no_inner_workings()
    {
        var message = (await kernel.SubmitCodeAsync("var list = new List<int>();\nlist.First(x => x > 3)")).Failure().Message;
        Assert.Equal("System.InvalidOperationException: Sequence contains no matching element\n   at cell 1, line 2", message);
        message = (await kernel.SubmitCodeAsync("Task.Run(() => throw new TimeoutException(\"late\")).Wait();")).Failure().Message;
        Assert.Equal("System.AggregateException: One or more errors occurred. (late)\n ---> System.TimeoutException: late\n   at cell 2, line 1\n   at cell 2, line 1", message);
    }

    [Theory]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"on a thread\")).Start();")]
    [InlineData("async void Fire() { await Task.Yield(); throw new Exception(\"on a thread\"); }\nFire();")]
    public async Task An_exception_on_a_thread_of_a_cell_is_told_and_ends_nothing_else(string code)
    {
        var told = new TaskCompletionSource<string>();
        using var _ = kernel.KernelEvents.Subscribe(e =>
        {
            if (e is StandardErrorValueProduced error) told.TrySetResult(error.PlainText()!);
        });
        (await kernel.SubmitCodeAsync("var x = 1;\n" + code)).MustSucceed();
        Assert.StartsWith("System.Exception: on a thread\n   at", await told.Task);
        Assert.Equal(1, (await kernel.SubmitCodeAsync("x")).ReturnValue());
    }

    [Fact]
    public async Task Cells_that_a_cell_sends_all_at_once_run_one_after_the_other()
    {
        (await kernel.SubmitCodeAsync("""
            await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Kernel.Root.SubmitCodeAsync($"await Task.Delay({5 - i}); var value{i} = {i};")));
            """)).MustSucceed();
        Assert.Equal(10, (await kernel.SubmitCodeAsync("value0 + value1 + value2 + value3 + value4")).ReturnValue());
    }

    [Fact]
    public async Task Cells_nest_as_deep_as_one_likes()
    {
        var code = "var deepest = 1;";
        for (var i = 0; i < 6; i++) code = $"var level{i} = {i}; await Kernel.Root.SubmitCodeAsync({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(code, quote: true)});";
        (await kernel.SubmitCodeAsync(code)).MustSucceed();
        Assert.Equal(1 + 0 + 5, (await kernel.SubmitCodeAsync("deepest + level0 + level5")).ReturnValue());
    }

    [Fact]
    public async Task A_character_that_is_no_code_is_a_compile_error() =>
        Assert.Contains("CS1056", (await kernel.SubmitCodeAsync("var x = 1;\0")).Failure().Message);

    [Fact]
    public async Task A_warning_does_not_stop_a_cell()
    {
        var result = await kernel.SubmitCodeAsync("#warning careful\n1");
        Assert.Equal(1, result.ReturnValue());
        Assert.Equal("careful", Assert.Single(result.Events.OfType<DiagnosticsProduced>().Single().Diagnostics).Message.Split('\'')[1]);
    }

    [Fact]
    public async Task The_newest_language_is_understood()
    {
        (await kernel.SubmitCodeAsync("List<int> numbers = [1, 2, 3]; class Person { public string Name { get => field ?? \"?\"; set; } }")).MustSucceed();
        Assert.Equal("?3", (await kernel.SubmitCodeAsync("new Person().Name + numbers switch { [.., var last] => last, _ => 0 }")).ReturnValue());
    }

    [Fact]
    public async Task A_cancelled_cell_fails_and_the_next_one_runs()
    {
        (await kernel.SubmitCodeAsync("var x = 1;")).MustSucceed();
        var cell = kernel.SubmitCodeAsync("x = 2; Console.Write(\"go\"); await Task.Delay(-1);");
        await Printed(kernel, "go", cell);
        await kernel.SendAsync(new Cancel());
        Assert.Equal("The command was cancelled.", (await cell).Failure().Message);
        Assert.Equal(2, (await kernel.SubmitCodeAsync("x")).ReturnValue());
    }

    [Fact]
    public async Task A_cell_that_prints_for_ever_can_be_cancelled()
    {
        var cell = kernel.SubmitCodeAsync("var ended = false; try { while (true) Console.Write(\"go\"); } finally { ended = true; }");
        await Printed(kernel, "go", cell);
        await kernel.SendAsync(new Cancel());
        (await cell).Failure();
        (await kernel.SubmitCodeAsync("while (!ended) await Task.Yield();")).MustSucceed();
    }

    [Theory]
    [InlineData("Console.Write(\"go\"); while (true) { }")]
    [InlineData("Console.Write(\"go\"); for (;;) Spin();")]
    [InlineData("Console.Write(\"go\"); Endless();")]
    [InlineData("Console.Write(\"go\"); try { while (true) { } } catch (Exception) { } while (true) { }")]
    [InlineData("Console.Write(\"go\"); while (true) ;")]
    [InlineData("Console.Write(\"go\"); while (true) while (true) do x = 2; while (true);")]
    [InlineData("Console.Write(\"go\"); foreach (var n in Numbers()) foreach (var (a, b) in new[] { (1, 2) }) { x = 2; }")]
    [InlineData("await Task.Run(async () => { await Task.Yield(); Console.Write(\"go\"); for (;;) { } });")]
    [InlineData("Console.Write(\"go\"); again: goto again;")]
    [InlineData("Console.Write(\"go\"); switch (x) { case 2: goto case 3; case 3: goto case 2; }")]
    [InlineData("Action go = () => { Console.Write(\"go\"); again: x = 2; goto again; }; go();")]
    [InlineData("Console.Write(\"go\"); int Slow(int n) => n < 2 ? n : Slow(n - 1) + Slow(n - 2); Slow(90);")]
    [InlineData("Console.Write(\"go\"); while (true) { try { x = 2; } finally { x = 2; } }")]
    [InlineData("Console.Write(\"go\"); while (true) { try { x = 2; continue; } catch { } }")]
    [InlineData("await Task.WhenAll(Task.Run(() => { Console.Write(\"go\"); while (true) { } }));")]
    public async Task An_endless_loop_ends_when_it_is_cancelled_and_the_state_survives(string code)
    {
        (await kernel.SubmitCodeAsync("var x = 1; var ended = false; void Spin() { } IEnumerable<int> Numbers() { while (true) yield return 1; } void Endless() { try { while (true) Spin(); } finally { ended = true; } }")).MustSucceed();
        var cell = kernel.SubmitCodeAsync($"x = 2; try {{ {code} }} finally {{ ended = true; }}");
        await Printed(kernel, "go", cell);
        await kernel.SendAsync(new Cancel());
        Assert.Equal("The command was cancelled.", (await cell).Failure().Message);
        Assert.Equal(2, (await kernel.SubmitCodeAsync("while (!ended) await Task.Yield(); x")).ReturnValue());
        (await kernel.SubmitCodeAsync("for (var i = 0; i < 10; i++) Spin();")).MustSucceed();
    }

    [Fact]
    public async Task A_cell_that_was_cancelled_while_it_ran_another_one_ends_too()
    {
        (await kernel.SubmitCodeAsync("void Spin() { while (true) { } }")).MustSucceed();
        var cell = kernel.SubmitCodeAsync("await Kernel.Root.SubmitCodeAsync(\"1\"); Console.Write(\"go\"); Spin();");
        await Printed(kernel, "go", cell);
        await kernel.SendAsync(new Cancel());
        Assert.Equal("The command was cancelled.", (await cell).Failure().Message);
    }

    [Fact]
    public async Task Tokens_of_the_cells_own_are_left_alone()
    {
        var result = await kernel.SubmitCodeAsync("""
            using System.Threading;
            var own = new CancellationTokenSource(); own.Cancel();
            var told = 0;
            try { await Task.Delay(-1, own.Token); } catch (TaskCanceledException) { told++; }
            try { new SemaphoreSlim(0).Wait(own.Token); } catch (OperationCanceledException) { told++; }
            try { Task.Delay(-1).Wait(own.Token); } catch (OperationCanceledException) { told++; }
            async Task Inner(CancellationToken token = default) { token.ThrowIfCancellationRequested(); }
            try { await Inner(own.Token); } catch (OperationCanceledException) { told++; }
            told
            """);
        Assert.Equal(4, result.ReturnValue());
    }

    [Fact]
    public async Task Loops_are_watched_without_a_trace()
    {
        var result = await kernel.SubmitCodeAsync("#region loops\nvar n = 0;\nfor (var i = 0; i < 3; i++) n += i;\nwhile (n < 10) { n++; }\n#endregion\nn");
        Assert.Equal(10, result.ReturnValue());
        Assert.Equal("(1,23): error CS0103: The name 'nothing' does not exist in the current context",
            (await kernel.SubmitCodeAsync("while (true) { n++; } nothing(); while (true) ;")).Failure().Message);
        Assert.Equal("System.Exception: here\n   at cell 3, line 3", (await kernel.SubmitCodeAsync("foreach (var i in new[] { 1 })\n\n    throw new Exception(\"here\");")).Failure().Message);
        var warned = await kernel.SubmitCodeAsync("while (n < 20) n++; int unused;\nint F() { return 1; n = 2; }");
        warned.MustSucceed();
        Assert.Equal("(2,21): warning CS0162: Unreachable code detected", Assert.Single(warned.Events.OfType<DiagnosticsProduced>().Single().Diagnostics).ToString());
    }

    [Theory]
    [InlineData("int Down(int n) => Down(n + 1) + 1;\nDown(0)")]
    [InlineData("Func<int, int> down = null; down = n => down(n + 1);\ndown(0)")]
    [InlineData("class Box { public int Value => Value; }\nnew Box().Value")]
    [InlineData("class Nest { Nest inner = new Nest(); }\nnew Nest()")]
    [InlineData("async Task<int> Down(int n) => await Down(n + 1);\nawait Down(0)")]
    [InlineData("IEnumerable<int> Down(int n) { foreach (var x in Down(n + 1)) yield return x; }\nDown(0).First()")]
    [InlineData("int Down(int n) { try { return Down(n + 1); } catch { throw; } }\nDown(0)")]
    [InlineData("await Task.Yield(); int Down(int n) { try { return Down(n + 1); } catch { throw; } }\nDown(0)")]
    [InlineData("int Down(int n) { try { return Down(n + 1); } finally { n++; } }\nawait Task.Run(() => Down(0))")]
    public async Task A_recursion_without_end_is_an_error_and_not_the_end(string code)
    {
        var result = await kernel.SubmitCodeAsync(code);
        Assert.StartsWith("System.InsufficientExecutionStackException: ", result.Failure().Message);
        Assert.True(result.Failure().Message.Split('\n').Length < 20);
        Assert.EndsWith("cell 1, line 2", result.Failure().Message);
        (await kernel.SubmitCodeAsync("1")).MustSucceed();
    }

    [Fact]
    public async Task A_recursion_may_be_deep() =>
        Assert.Equal(20_000, (await kernel.SubmitCodeAsync("int Count(int n) => n == 0 ? 0 : 1 + Count(n - 1); await Task.Yield(); Count(20_000)")).ReturnValue());

    [Theory]
    [InlineData("Environment.Exit(3);", "Environment.Exit(3) would end the notebook's kernel")]
    [InlineData("Environment.FailFast(\"reason\");", "reason")]
    [InlineData("Environment.FailFast(\"reason\", new Exception());", "reason")]
    [InlineData("void Leave() { Action<int> exit = Environment.Exit; exit(4); }\nLeave();", "Environment.Exit(4)")]
    public async Task A_cell_does_not_end_the_process(string code, string message)
    {
        Assert.Contains(message, (await kernel.SubmitCodeAsync(code)).Failure().Message);
        (await kernel.SubmitCodeAsync("1")).MustSucceed();
    }

    [Fact]
    public async Task A_writer_that_a_cell_gives_the_console_is_gone_in_the_next_cell()
    {
        Assert.Equal("hidden", (await kernel.SubmitCodeAsync("var writer = new StringWriter(); Console.SetOut(writer); Console.Write(\"hidden\"); writer.ToString()")).ReturnValue());
        Assert.Equal("seen", (await kernel.SubmitCodeAsync("Console.Write(\"seen\");")).Output());
    }

    [Fact]
    public async Task A_command_whose_token_is_cancelled_already_is_not_run() => await Assert.ThrowsAsync<TaskCanceledException>(
        () => kernel.SendAsync(new SubmitCode("1"), new CancellationToken(canceled: true)));

    [Fact]
    public async Task Cells_run_one_after_the_other_in_the_order_they_came()
    {
        (await kernel.SubmitCodeAsync("var order = new List<int>();")).MustSucceed();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => kernel.SubmitCodeAsync($"await Task.Delay({10 - 2 * i}); order.Add({i});")));
        Assert.Equal([0, 1, 2, 3, 4], (List<int>)(await kernel.SubmitCodeAsync("order")).ReturnValue()!);
    }

    [Fact]
    public async Task A_cell_may_run_another_one_inside_it()
    {
        var result = await kernel.SubmitCodeAsync("await Kernel.Root.SubmitCodeAsync(\"var inner = 3; Console.Write(\\\"in\\\");\"); Console.Write(\"out\");");
        result.MustSucceed();
        Assert.Equal("inout", result.Output());
        Assert.Equal(3, (await kernel.SubmitCodeAsync("inner")).ReturnValue());
        Assert.Single(result.Events.OfType<CommandSucceeded>());
    }

    private static async Task Printed(Kernel kernel, string text, Task cell)
    {
        var seen = new TaskCompletionSource();
        using var _ = kernel.KernelEvents.Subscribe(e =>
        {
            if (e is StandardOutputValueProduced output && output.PlainText() == text) seen.TrySetResult();
        });
        await Task.WhenAny(seen.Task, cell);
    }
}
