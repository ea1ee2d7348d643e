using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Assemblies;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>What the cells of one kernel can refer to.</summary>
internal sealed class ScriptReferences
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> Defaults = new(() =>
    [
        .. ProcessAssemblies.Framework.Select(Create),
        .. new[]
        {
            typeof(Kernel), typeof(Formatting.Formatter), typeof(Microsoft.AspNetCore.Html.IHtmlContent), typeof(System.Reactive.Unit),
        }.Select(type => Create(type.Assembly.Location)),
    ]);

    private readonly Dictionary<string, MetadataReference> added = new(StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<MetadataReference> All => [.. Defaults.Value, .. added.Values];

    public void Add(string path)
    {
        var file = ProcessAssemblies.Add(path);
        if (!Defaults.Value.Any(r => r.Display == file)) added.TryAdd(Path.GetFileNameWithoutExtension(file), Create(file));
    }

    /// <summary>Adds what `#r` names: a file, or an assembly of the process by its name. False when there is neither.</summary>
    public bool TryAdd(string pathOrName)
    {
        var file = File.Exists(pathOrName) ? Path.GetFullPath(pathOrName)
            : ProcessAssemblies.Find(pathOrName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? pathOrName[..^4] : pathOrName);
        if (file is not null) Add(file);
        return file is not null;
    }

    private static MetadataReference Create(string path) => MetadataReference.CreateFromFile(path);
}
