using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Tests.Scheduling;

public class KernelSchedulerTests
{
    private readonly KernelScheduler<int, int> scheduler = new();

    [Fact]
    public async Task Operations_run_one_at_a_time_in_order()
    {
        var log = new List<string>();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(n => scheduler.RunAsync(n, async value =>
        {
            log.Add($"+{value}");
            Assert.Equal(value, scheduler.CurrentValue);
            await Task.Delay(5);
            log.Add($"-{value}");
            return value;
        })));
        Assert.Equal("+0 -0 +1 -1 +2 -2 +3 -3 +4 -4", string.Join(' ', log));
        await scheduler.IdleAsync();
        Assert.Equal(0, scheduler.CurrentValue);
    }

    [Fact]
    public async Task An_operation_that_is_started_from_inside_runs_within() =>
        Assert.Equal(7, await scheduler.RunAsync(3, async value => value + await scheduler.RunAsync(4, Task.FromResult)));

    [Fact]
    public async Task The_failure_of_one_is_not_that_of_the_next()
    {
        await Assert.ThrowsAsync<FormatException>(() => scheduler.RunAsync(1, _ => throw new FormatException()));
        Assert.Equal(2, await scheduler.RunAsync(2, Task.FromResult));
    }

    [Fact]
    public async Task Only_what_runs_is_cancelled()
    {
        var running = scheduler.RunAsync(1, async value =>
        {
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return value;
        });
        var next = scheduler.RunAsync(2, Task.FromResult);
        scheduler.CancelCurrentOperation();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task One_that_waits_can_be_taken_out()
    {
        var gate = new TaskCompletionSource<int>();
        var running = scheduler.RunAsync(1, _ => gate.Task);
        using var stop = new CancellationTokenSource();
        var ran = false;
        var waiting = scheduler.RunAsync(2, value => Task.FromResult(value + ((ran |= true) ? 1 : 0)), cancellationToken: stop.Token);
        Assert.False(scheduler.IdleAsync().IsCompleted);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.SetResult(1);
        Assert.Equal(1, await running);
        Assert.False(ran);
    }

    [Fact]
    public async Task Deferred_operations_run_before()
    {
        var log = new List<int>();
        scheduler.RegisterDeferredOperationSource((value, scope) => Task.FromResult<IReadOnlyList<int>>(scope == "here" ? [value * 10, value * 100] : []), Log);
        await scheduler.RunAsync(1, Log, "here");
        await scheduler.RunAsync(2, Log);
        Assert.Equal([10, 100, 1, 2], log);

        Task<int> Log(int value)
        {
            log.Add(value);
            return Task.FromResult(value);
        }
    }

    [Fact]
    public async Task Nothing_runs_after_the_end()
    {
        scheduler.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => scheduler.RunAsync(1, Task.FromResult));
    }

    [Fact]
    public async Task A_kernel_takes_its_turns_from_the_scheduler_that_it_is_given()
    {
        var kernel = new Traced();
        using var composite = new CompositeKernel { kernel };
        kernel.Use(new Recording());
        (await composite.SendAsync(new SubmitCode("a", "traced"), TestContext.Current.CancellationToken)).MustSucceed();
        Assert.NotSame(composite.Name, kernel.Name);
        (await kernel.SendAsync(new SubmitCode("b"), TestContext.Current.CancellationToken)).MustSucceed();
        Assert.Equal(["a", "b"], kernel.Ran);
        Assert.IsType<Recording>(kernel.Now);
    }

    private sealed class Recording : KernelScheduler<KernelCommand, KernelCommandResult>;

    private sealed class Traced() : Kernel("traced"), IKernelCommandHandler<SubmitCode>
    {
        public List<string> Ran { get; } = [];

        public KernelScheduler<KernelCommand, KernelCommandResult> Now => Scheduler;

        public void Use(KernelScheduler<KernelCommand, KernelCommandResult> scheduler) => SetScheduler(scheduler);

        public Task HandleAsync(SubmitCode command, KernelInvocationContext context)
        {
            Ran.Add(command.Code);
            return Task.CompletedTask;
        }
    }
}
