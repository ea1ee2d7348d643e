namespace Microsoft.DotNet.Interactive.Tests.Routing;

public class RoutingSlipTests
{
    private static readonly Uri A = new("kernel://a"), B = new("kernel://b/c");

    [Fact]
    public void A_command_arrives_at_a_kernel_and_leaves_it()
    {
        var slip = new CommandRoutingSlip();
        slip.StampAsArrived(A);
        slip.StampAsArrived(B);
        slip.Stamp(B);
        slip.Stamp(A);
        Assert.Equal(["kernel://a/?tag=arrived", "kernel://b/c?tag=arrived", "kernel://b/c", "kernel://a/"], slip.ToUriArray());
        Assert.True(slip.Contains(A) && slip.Contains(B));
        Assert.Equal(4, slip.Count);
    }

    [Fact]
    public void No_stamp_is_given_twice_and_none_before_the_arrival()
    {
        var slip = new CommandRoutingSlip();
        Assert.Throws<InvalidOperationException>(() => slip.Stamp(A));
        slip.StampAsArrived(A);
        Assert.False(slip.Contains(A));
        Assert.True(slip.Contains(A, ignoreQuery: true));
        Assert.Throws<InvalidOperationException>(() => slip.StampAsArrived(A));
        slip.StampAs(A, "seen");
        slip.Stamp(A);
        Assert.Throws<InvalidOperationException>(() => slip.Stamp(A));
        var events = new EventRoutingSlip();
        events.Stamp(A);
        Assert.Throws<InvalidOperationException>(() => events.Stamp(A));
    }

    [Fact]
    public void A_slip_goes_on_as_another_does()
    {
        EventRoutingSlip first = new(), second = new(), other = new();
        first.Stamp(A);
        second.Stamp(A);
        second.Stamp(B);
        Assert.True(second.StartsWith(first));
        Assert.False(first.StartsWith(second));
        first.ContinueWith(second);
        Assert.Equal(["kernel://a/", "kernel://b/c"], first.ToUriArray());
        other.Stamp(B);
        Assert.Throws<InvalidOperationException>(() => first.ContinueWith(other));
    }

    [Fact]
    public async Task Commands_and_events_know_the_kernels_that_they_came_through()
    {
        using var kernel = SomeKernel.WithCSharp();
        var command = new Commands.SubmitCode("1");
        var result = await kernel.SendAsync(command, TestContext.Current.CancellationToken);
        Assert.Equal(["kernel://local/.NET?tag=arrived", "kernel://local/csharp?tag=arrived", "kernel://local/csharp", "kernel://local/.NET"], command.RoutingSlip.ToUriArray());
        Assert.All(result.Events, e => Assert.Equal(["kernel://local/csharp", "kernel://local/.NET"], e.RoutingSlip.ToUriArray()));
    }

    [Fact]
    public async Task A_command_finds_its_kernel_by_address()
    {
        using var kernel = SomeKernel.WithCSharp();
        kernel.Add(new KeyValueStoreKernel());
        Assert.True(kernel.ChildKernels.TryGetByUri(new Uri("kernel://local/value"), out var found));
        Assert.Equal("value", found.Name);
        Assert.False(kernel.ChildKernels.TryGetByUri(A, out _));
        (await kernel.SendAsync(new Commands.SendValue("x", "there") { DestinationUri = new Uri("kernel://local/value") }, TestContext.Current.CancellationToken)).MustSucceed();
        Assert.Equal("there", ((KeyValueStoreKernel)found).Values["x"].Value);
        Assert.Contains("kernel://a", (await kernel.SendAsync(new Commands.SubmitCode("1") { DestinationUri = A }, TestContext.Current.CancellationToken)).Failure().Message);
    }
}
