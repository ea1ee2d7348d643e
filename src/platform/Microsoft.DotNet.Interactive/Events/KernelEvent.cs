using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

public abstract class KernelEvent
{
    private EventRoutingSlip? routingSlip;

    protected KernelEvent(KernelCommand command) => Command = command;

    [JsonIgnore]
    public KernelCommand Command { get; internal set; }

    /// <summary>The kernels that the event has come through.</summary>
    [JsonIgnore]
    public EventRoutingSlip RoutingSlip => routingSlip ??= Trace();

    /// <summary>The kernel that published the event. Its slip is written when somebody asks: a cell may print 100,000 lines.</summary>
    internal Kernel? Publisher { get; set; }

    public override string ToString() => GetType().Name;

    private EventRoutingSlip Trace()
    {
        var slip = new EventRoutingSlip();
        for (var kernel = Publisher; kernel is not null; kernel = kernel.ParentKernel) slip.Stamp(kernel.KernelInfo.Uri);
        return slip;
    }
}
