using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Tests;

public sealed class NestedCommandTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public NestedCommandTests() => kernel.Single().UseValueSharing().UseWho();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task A_child_that_is_sent_from_outside_runs_within_its_parent_and_shows_there()
    {
        (await kernel.SubmitCodeAsync("var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);")).MustSucceed();
        var parent = new SubmitCode("await gate.Task;");
        var running = kernel.SendAsync(parent, TestContext.Current.CancellationToken);
        while (parent.RoutingSlip.Count < 2) await Task.Delay(10, TestContext.Current.CancellationToken);
        var child = new SubmitCode("Console.Write(\"child\"); gate.SetResult();");
        child.SetParent(parent);
        var result = await kernel.SendAsync(child, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal("child", result.Output());
        Assert.Equal("child", (await running).Output());
        Assert.StartsWith(parent.GetOrCreateToken() + ".", child.GetOrCreateToken());
    }

    [Fact]
    public async Task What_a_directive_asks_other_kernels_is_no_event_of_the_cell()
    {
        (await kernel.SubmitCodeAsync("var x = 20;")).MustSucceed();
        var heard = new List<KernelEvent>();
        using var subscription = kernel.KernelEvents.Subscribe(heard.Add);
        var result = await kernel.SubmitCodeAsync("#!who");
        Assert.Equal([typeof(DisplayedValueProduced), typeof(CommandSucceeded)], result.Events.Select(e => e.GetType()));
        Assert.Equal([typeof(DisplayedValueProduced), typeof(CommandSucceeded)], heard.Select(e => e.GetType()));
        (await kernel.SubmitCodeAsync("#!set --name y --value @x")).MustSucceed();
        await kernel.SendAsync(new RequestCompletions("#!set --name z --value @", new(0, 24)), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(heard, e => e is ValueProduced or ValueInfosProduced);
    }

    [Fact]
    public async Task A_deferred_command_that_fails_fails_the_next_cell_in_a_sentence_and_no_other()
    {
        kernel.Single().DeferCommand(new SubmitCode("nothing"));
        var failure = (await kernel.SubmitCodeAsync("1")).Failure();
        Assert.StartsWith("What was to run before this cell failed: (1,1): error CS0103", failure.Message);
        Assert.Equal(2, (await kernel.SubmitCodeAsync("2")).ReturnValue());
    }

    [Fact]
    public async Task A_command_that_is_cancelled_before_its_turn_never_runs()
    {
        var running = kernel.SubmitCodeAsync("await Task.Delay(700);");
        using var stop = new CancellationTokenSource();
        var waiting = kernel.SendAsync(new SubmitCode("var ran = true;"), stop.Token);
        stop.Cancel();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        (await running).MustSucceed();
        Assert.Contains("CS0103", (await kernel.SubmitCodeAsync("ran")).Failure().Message);
    }

    [Fact]
    public async Task A_context_can_be_had_where_nothing_runs()
    {
        var contexts = new System.Collections.Concurrent.ConcurrentDictionary<string, KernelInvocationContext>();
        var command = new SubmitCode("");
        using var context = KernelInvocationContext.GetOrCreateAmbientContext(command, contexts);
        var heard = new List<KernelEvent>();
        context.KernelEvents.Subscribe(heard.Add);
        Assert.Same(context, KernelInvocationContext.Current);
        Assert.Same(context, KernelInvocationContext.GetOrCreateAmbientContext(new SubmitCode("")));
        Assert.Same(context, contexts.Single().Value);
        context.Display((object)"shown");
        context.Fail(command, message: "wrong");
        Assert.Equal([typeof(DisplayedValueProduced), typeof(CommandFailed)], heard.Select(e => e.GetType()));
        Assert.Empty(contexts);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_command_without_a_handler_is_handled_as_its_kernel_says()
    {
        var far = new Far();
        kernel.Add(far);
        far.RegisterCommandType<Question>();
        Assert.True(far.SupportsCommandType(typeof(Question)));
        (await kernel.SendAsync(new Question { Number = 3, DestinationUri = far.KernelInfo.Uri }, TestContext.Current.CancellationToken)).MustSucceed();
        Assert.Equal(3, far.Asked);
        Assert.Equal(4, ((Question)KernelCommandEnvelope.Deserialize("""{"commandType":"Question","command":{"number":4}}""")!.Command).Number);
    }

    [Theory]
    [InlineData("{broken", "application/json", "is said to be JSON")]
    public async Task A_value_that_is_not_what_it_is_said_to_be_is_a_sentence(string value, string mimeType, string said) =>
        Assert.Contains(said, (await kernel.SendAsync(new SendValue("x", null, new FormattedValue(mimeType, value), "csharp"), TestContext.Current.CancellationToken)).Failure().Message);

    [Fact]
    public async Task Kernels_can_be_connected_while_the_notebook_runs()
    {
        kernel.AddConnectDirective(new ConnectStore());
        var result = await kernel.SubmitCodeAsync("#!connect store --kernel-name mine --text hello\n#!share text --from mine\ntext");
        Assert.Equal("hello", result.ReturnValue());
        Assert.Contains(result.Events.OfType<DisplayedValueProduced>(), e => e.PlainText() == "Kernel added: #!mine");
        Assert.Contains("DNI211", (await kernel.SubmitCodeAsync("#!connect store --kernel-name mine --text hello")).Failure().Message);
        Assert.Contains("DNI104", (await kernel.SubmitCodeAsync("#!connect store --text hello")).Failure().Message);
        Assert.Contains("store", (await kernel.SubmitCodeAsync("#!connect")).Failure().Message);
    }

    public class Question : KernelCommand
    {
        public int Number { get; set; }
    }

    private sealed class Far() : Kernel("far")
    {
        public int Asked { get; private set; }

        protected override Func<TCommand, KernelInvocationContext, Task> CreateDefaultHandlerForCommandType<TCommand>() => (command, _) =>
        {
            Asked = ((Question)(object)command).Number;
            return Task.CompletedTask;
        };
    }

    public class ConnectToStore(string connectedKernelName) : ConnectKernelCommand(connectedKernelName)
    {
        public string Text { get; set; } = "";
    }

    private sealed class ConnectStore : ConnectKernelDirective<ConnectToStore>
    {
        public ConnectStore()
            : base("store", "Keeps a text.") => Parameters.Add(new KernelDirectiveParameter("--text"));

        public override async Task<IEnumerable<Kernel>> ConnectKernelsAsync(ConnectToStore connectCommand, KernelInvocationContext context)
        {
            var store = new KeyValueStoreKernel(connectCommand.ConnectedKernelName);
            await ((IKernelCommandHandler<SendValue>)store).HandleAsync(new SendValue("text", connectCommand.Text), context);
            return [store];
        }
    }
}
