namespace Microsoft.DotNet.Interactive;

/// <summary>The way of an event: from the kernel where it came to be to the kernels above.</summary>
public class EventRoutingSlip : RoutingSlip
{
    public override void Stamp(Uri uri) => Add(new Stamp(GetAbsoluteUriWithoutQuery(uri)));

    internal void Restore(IEnumerable<Uri> uris)
    {
        foreach (var uri in uris) Add(Interactive.Stamp.Read(uri));
    }
}
