namespace Microsoft.DotNet.Interactive.CSharp.Extending;

/// <summary>Hides the libraries of earlier cells that declare one of some types, for a while or for good.</summary>
internal sealed class Superseding : IDisposable
{
    private List<CellLibrary> hidden = [];

    public static Superseding By(IReadOnlyCollection<string> types, ScriptReferences references)
    {
        var superseding = new Superseding { hidden = [.. references.Added.OfType<CellLibrary>().Where(library => !library.IsHidden && library.Types.Intersect(types).Any())] };
        foreach (var library in superseding.hidden) library.IsHidden = true;
        return superseding;
    }

    /// <summary>They stay hidden.</summary>
    public void Keep() => hidden = [];

    public void Dispose()
    {
        foreach (var library in hidden) library.IsHidden = false;
    }
}
