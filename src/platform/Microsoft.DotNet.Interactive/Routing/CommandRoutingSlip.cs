namespace Microsoft.DotNet.Interactive;

/// <summary>The way of a command: each kernel stamps it when it arrives, and again when it is done with it.</summary>
public class CommandRoutingSlip : RoutingSlip
{
    private const string Arrived = "arrived";

    /// <summary>Says that a kernel is done with the command.</summary>
    /// <exception cref="InvalidOperationException">The command has not arrived there, or has been stamped already.</exception>
    public override void Stamp(Uri uri)
    {
        if (!Contains(uri, ignoreQuery: true)) throw new InvalidOperationException($"The routing slip does not have {GetAbsoluteUriWithoutQuery(uri)}: {this}");
        Add(new Stamp(GetAbsoluteUriWithoutQuery(uri)));
    }

    public void StampAs(Uri uri, string tag) => Add(new Stamp(GetAbsoluteUriWithoutQuery(uri), tag));

    public void StampAsArrived(Uri uri) => StampAs(uri, Arrived);

    internal void Restore(IEnumerable<Uri> uris)
    {
        foreach (var uri in uris) Add(Interactive.Stamp.Read(uri));
    }

    // A command that is sent again has been there before.
    internal void Arrive(Uri uri)
    {
        lock (Stamps)
            if (!Contains(uri, ignoreQuery: true)) StampAsArrived(uri);
    }

    internal void Leave(Uri uri)
    {
        lock (Stamps)
            if (!Contains(uri)) Stamp(uri);
    }
}
