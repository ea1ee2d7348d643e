using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Assemblies;
using Microsoft.DotNet.Interactive.CSharp.Editing;

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

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<MetadataReference> added = [];

    /// <summary>What a first cell refers to.</summary>
    public (ImmutableArray<MetadataReference> References, int Added) All => ([.. Defaults.Value, .. added], added.Length);

    /// <summary>What has been added since there were so many; a cell inherits the others from the cell before it.</summary>
    public (ImmutableArray<MetadataReference> References, int Added) Since(int count) => (added[count..], added.Length);

    public void Add(string path)
    {
        var file = ProcessAssemblies.Add(path);
        if (!Defaults.Value.Any(r => r.Display == file) && names.Add(Path.GetFileNameWithoutExtension(file))) added = added.Add(Create(file));
    }

    /// <summary>Adds what `#r` names: a file, or an assembly of the process by its name. False when there is neither.</summary>
    public bool TryAdd(string pathOrName)
    {
        var file = File.Exists(pathOrName) ? Path.GetFullPath(pathOrName)
            : ProcessAssemblies.Find(pathOrName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? pathOrName[..^4] : pathOrName);
        if (file is not null) Add(file);
        return file is not null;
    }

    private static MetadataReference Create(string path) => MetadataReference.CreateFromFile(path, documentation: new XmlDocumentation(path));
}
