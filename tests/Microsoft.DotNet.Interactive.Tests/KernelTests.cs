using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests;

public sealed class KernelTests
{
    [Fact]
    public async Task A_cell_chooses_its_kernel()
    {
        using var kernel = SomeKernel.WithCSharp();
        kernel.Add(new CSharpKernel("other"));
        (await kernel.SubmitCodeAsync("var x = 1;\n#!other\nvar x = 2;\n#!c#\nvar y = x;")).MustSucceed();
        Assert.Equal(1, (await kernel.SubmitCodeAsync("y")).ReturnValue());
        Assert.Equal(2, (await kernel.SendAsync(new SubmitCode("x", "other"))).ReturnValue());
    }

    [Fact]
    public async Task A_kernel_can_be_a_tree_of_its_own()
    {
        using var kernel = SomeKernel.WithCSharp();
        kernel.Add(new CompositeKernel("inner") { new CSharpKernel("deep") }, ["in"]);
        (await kernel.SubmitCodeAsync("#!deep\nvar x = 20;")).MustSucceed();
        foreach (var name in new[] { "deep", "inner", "in" })
        {
            Assert.Equal(21, (await kernel.SubmitCodeAsync($"#!{name}\nx + 1")).ReturnValue());
            Assert.Equal(20, (await kernel.SendAsync(new SubmitCode("x", name), TestContext.Current.CancellationToken)).ReturnValue());
        }

        Assert.Contains("CS0103", (await kernel.SubmitCodeAsync("x")).Failure().Message);
    }

    [Fact]
    public async Task A_kernel_that_is_not_there_is_named()
    {
        using var kernel = SomeKernel.WithCSharp();
        var result = await kernel.SendAsync(new SubmitCode("1", "fsharp"));
        Assert.Contains("There is no kernel named 'fsharp'", result.Failure().Message);
        Assert.IsType<NoSuitableKernelException>(result.Failure().Exception);
    }

    [Fact]
    public async Task Middleware_sees_commands_before_their_handlers()
    {
        using var kernel = SomeKernel.WithCSharp();
        var seen = new List<string>();
        kernel.AddMiddleware(async (command, context, next) =>
        {
            seen.Add("outer");
            await next(command, context);
            seen.Add("out again");
        });
        kernel.AddMiddleware((command, context, next) =>
        {
            seen.Add("inner");
            return next(command, context);
        });
        (await kernel.SubmitCodeAsync("1")).MustSucceed();
        Assert.Equal(["outer", "inner", "out again"], seen);
    }

    [Fact]
    public async Task A_handler_of_ones_own_gets_its_command_and_its_errors_are_told()
    {
        using var kernel = SomeKernel.WithCSharp();
        kernel.RegisterCommandHandler<RequestInput>((command, context) =>
        {
            if (command.Prompt == "fail") throw new InvalidOperationException("nobody is there");
            context.Publish(new InputProduced("typed " + command.Prompt, command));
            return Task.CompletedTask;
        });
        Assert.Equal("typed name?", (await kernel.SubmitCodeAsync("await GetInputAsync(\"name?\")")).ReturnValue());
        Assert.Contains("nobody is there", (await kernel.SubmitCodeAsync("await GetInputAsync(\"fail\")")).Failure().Message);
    }

    [Fact]
    public async Task Input_that_nobody_gives_is_an_error_with_a_reason()
    {
        using var kernel = SomeKernel.WithCSharp();
        Assert.Contains("nobody can be asked", (await kernel.SubmitCodeAsync("await GetInputAsync(\"name?\")")).Failure().Message);
    }

    [Fact]
    public async Task An_observer_that_fails_harms_nobody()
    {
        using var kernel = SomeKernel.WithCSharp();
        var seen = 0;
        using var bad = kernel.KernelEvents.Subscribe(_ => throw new InvalidOperationException("observer"));
        using var good = kernel.KernelEvents.Subscribe(_ => seen++);
        (await kernel.SubmitCodeAsync("1")).MustSucceed();
        Assert.Equal(5, seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_does_not_listen_does_not_hold_up_the_notebook(bool blocks)
    {
        using var kernel = SomeKernel.WithCSharp();
        var started = new TaskCompletionSource();
        using var end = new ManualResetEventSlim();
        kernel.AddDirective(new Interactive.Directives.KernelActionDirective("#!stuck"), (_, _) =>
        {
            started.SetResult();
            if (blocks) end.Wait();
            return Task.Delay(-1);
        });
        var cell = kernel.SubmitCodeAsync("#!stuck");
        await started.Task;
        await kernel.SendAsync(new Cancel());
        Assert.Equal("The command was cancelled.", (await cell).Failure().Message);
        (await kernel.SubmitCodeAsync("1")).MustSucceed();
        end.Set();
    }

    [Fact]
    public async Task An_observer_that_prints_does_not_print_into_the_cell()
    {
        using var kernel = SomeKernel.WithCSharp();
        using var loud = kernel.KernelEvents.Subscribe(e =>
        {
            if (e is StandardOutputValueProduced) Console.WriteLine("(seen by an observer)");
        });
        Assert.Equal("once", (await kernel.SubmitCodeAsync("Console.Write(\"once\");")).Output());
    }

    [Fact]
    public async Task Kernels_are_found_by_name_and_alias_and_tell_who_they_are()
    {
        using var kernel = SomeKernel.WithCSharp();
        Assert.IsType<CSharpKernel>(kernel.FindKernelByName("c#"));
        Assert.Null(kernel.FindKernelByName("fsharp"));
        var infos = (await kernel.SendAsync(new RequestKernelInfo())).Events.OfType<KernelInfoProduced>().Select(e => e.KernelInfo.LanguageName);
        Assert.Equal([null, "C#"], infos);
        Assert.Throws<ArgumentException>(() => kernel.Add(new CSharpKernel()));
    }

    [Fact]
    public async Task Values_are_sent_asked_for_and_listed()
    {
        using var csharp = new CSharpKernel();
        (await csharp.SendAsync(new SendValue("x", new List<int> { 1, 2 }))).MustSucceed();
        (await csharp.SendAsync(new SendValue("text", null, new Formatting.FormattedValue("application/json", "\"hi\"")))).MustSucceed();
        (await csharp.SubmitCodeAsync("x.Add(3); var y = x.Count;")).MustSucceed();
        Assert.True(csharp.TryGetValue("y", out int y));
        Assert.Equal(3, y);
        Assert.False(csharp.TryGetValue("z", out int _));
        var value = (await csharp.SendAsync(new RequestValue("x"))).Events.OfType<ValueProduced>().Single();
        Assert.Equal("[1,2,3]", value.FormattedValue.Value);
        var infos = (await csharp.SendAsync(new RequestValueInfos())).Events.OfType<ValueInfosProduced>().Single().ValueInfos;
        Assert.Equal(["text", "x", "y"], infos.Select(i => i.Name));
        Assert.Equal("Value 'z' not found in kernel csharp", (await csharp.SendAsync(new RequestValue("z"))).Failure().Message);
        Assert.Contains("not a name", (await csharp.SendAsync(new SendValue("1x", 1))).Failure().Message);
    }

    [Fact]
    public async Task A_value_of_a_type_that_no_cell_can_name_can_be_sent()
    {
        using var csharp = new CSharpKernel();
        (await csharp.SendAsync(new SendValue("x", new { A = 1 }))).MustSucceed();
        (await csharp.SubmitCodeAsync("record P(int X); var p = new P(1);")).MustSucceed();
        csharp.TryGetValue("p", out object? p);
        await csharp.SetValueAsync("q", p, null);
        Assert.Equal(1, (await csharp.SubmitCodeAsync("q.X")).ReturnValue());
    }

    [Fact]
    public async Task A_deferred_command_runs_before_the_next_code_and_once()
    {
        using var kernel = SomeKernel.WithCSharp();
        var csharp = kernel.FindKernelByName("csharp")!;
        csharp.DeferCommand(new SubmitCode("var prepared = 20;"));
        kernel.DeferCommand(new SubmitCode("var first = 1;"));
        Assert.Equal(42, (await kernel.SubmitCodeAsync("prepared += 21; prepared + first")).ReturnValue());
        Assert.Equal(41, (await kernel.SubmitCodeAsync("prepared")).ReturnValue());
        csharp.DeferCommand(new SubmitCode("nonsense"));
        Assert.Contains("nonsense", (await kernel.SubmitCodeAsync("1")).Failure().Message);
        Assert.Equal(1, (await kernel.SubmitCodeAsync("1")).ReturnValue());
    }
}
