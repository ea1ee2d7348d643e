namespace Microsoft.DotNet.Interactive;

/// <summary>The kernels that a command or an event has come through, by their addresses, in order.</summary>
public abstract class RoutingSlip
{
    private protected List<Stamp> Stamps { get; } = [];

    public int Count => Stamps.Count;

    /// <exception cref="InvalidOperationException">The address has been stamped already.</exception>
    public abstract void Stamp(Uri uri);

    /// <param name="uri">The address of a kernel.</param>
    /// <param name="ignoreQuery">Whether a stamp of any kind will do: an address may say by its query what is done there.</param>
    public bool Contains(Uri uri, bool ignoreQuery = false) => ignoreQuery
        ? Stamps.Exists(stamp => stamp.Address == GetAbsoluteUriWithoutQuery(uri))
        : Stamps.Exists(stamp => stamp.ToString() == uri.AbsoluteUri);

    public bool StartsWith(RoutingSlip other) => other.Count > 0 && Stamps.Take(other.Count).SequenceEqual(other.Stamps);

    /// <summary>Goes on as another slip does, which may begin like this one.</summary>
    /// <exception cref="InvalidOperationException">The other slip comes back to where this one has been.</exception>
    public void ContinueWith(RoutingSlip other)
    {
        Stamp[] further = [.. Count > 0 && other.StartsWith(this) ? other.Stamps.Skip(Count) : other.Stamps];
        if (further.FirstOrDefault(Stamps.Contains) is { } twice) throw Twice(twice);
        Stamps.AddRange(further);
    }

    public string[] ToUriArray() => [.. Stamps.Select(stamp => stamp.ToString())];

    public override string ToString() => string.Join(" -> ", Stamps);

    public static string GetAbsoluteUriWithoutQuery(Uri uri) => uri.Query.Length == 0 ? uri.AbsoluteUri : uri.AbsoluteUri[..^uri.Query.Length];

    private protected void Add(Stamp stamp) => Stamps.Add(Stamps.Contains(stamp) ? throw Twice(stamp) : stamp);

    private InvalidOperationException Twice(Stamp stamp) => new($"The routing slip has {stamp} already: {this}");
}
