namespace Microsoft.DotNet.Interactive;

/// <summary>A kernel on the way of a command or an event.</summary>
/// <param name="Address">The kernel.</param>
/// <param name="Tag">What is so far done there; null when the kernel is done with it.</param>
internal sealed record Stamp(string Address, string? Tag = null)
{
    public override string ToString() => Tag is null ? Address : $"{Address}?tag={Tag}";

    public static Stamp Read(Uri uri) =>
        new(RoutingSlip.GetAbsoluteUriWithoutQuery(uri), uri.Query.StartsWith("?tag=", StringComparison.Ordinal) ? Uri.UnescapeDataString(uri.Query[5..]) : null);
}
