using System.Collections;
using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>The kernels that a document may name.</summary>
public class KernelInfoCollection : ICollection<KernelInfo>
{
    private readonly List<KernelInfo> kernels = [];

    public int Count => kernels.Count;

    public bool IsReadOnly => false;

    public string? DefaultKernelName { get; set; }

    public void Add(KernelInfo kernelInfo) => kernels.Add(kernelInfo);

    public void AddRange(IEnumerable<KernelInfo> collection) => kernels.AddRange(collection);

    public void Clear() => kernels.Clear();

    public bool Remove(KernelInfo item) => kernels.Remove(item);

    public bool Contains(KernelInfo kernelInfo) => kernels.Contains(kernelInfo);

    public void CopyTo(KernelInfo[] array, int arrayIndex) => kernels.CopyTo(array, arrayIndex);

    public bool Contains(string nameOrAlias) => Find(nameOrAlias) is not null;

    public KernelInfoCollection Clone()
    {
        var clone = new KernelInfoCollection { DefaultKernelName = DefaultKernelName };
        clone.AddRange(kernels);
        return clone;
    }

    IEnumerator<KernelInfo> IEnumerable<KernelInfo>.GetEnumerator() => kernels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => kernels.GetEnumerator();

    /// <summary>The languages that notebooks are written in, for a reader who knows of no kernels.</summary>
    internal static KernelInfoCollection Known() =>
    [
        new("csharp", "C#", ["c#", "cs", ".net-csharp", "polyglot-notebook"]), new("fsharp", "F#", ["f#", ".net-fsharp"]), new("pwsh", "PowerShell", ["powershell", ".net-powershell"]),
        new("javascript", "JavaScript", ["js"]), new("html", "HTML"), new("http", "HTTP"), new("kql", "KQL"), new("mermaid", "Mermaid"), new("sql", "SQL"), new("value"),
    ];

    /// <summary>The kernels that the metadata of a document lists under `kernelInfo`.</summary>
    internal static KernelInfoCollection Read(IDictionary<string, object> kernelInfo)
    {
        var read = new KernelInfoCollection { DefaultKernelName = Text(kernelInfo, "defaultKernelName") };
        foreach (var item in kernelInfo.TryGetValue("items", out var items) && items is IEnumerable all ? all.OfType<IDictionary<string, object>>() : [])
            if (Text(item, "name") is { Length: > 0 } name && !read.Contains(name))
                read.Add(new KernelInfo(name, Text(item, "languageName"), item.TryGetValue("aliases", out var aliases) && aliases is IEnumerable texts ? [.. texts.OfType<string>()] : []));
        return read;

        static string? Text(IDictionary<string, object> values, string name) => values.TryGetValue(name, out var value) ? value as string : null;
    }

    internal KernelInfo? Find(string nameOrAlias) =>
        kernels.Find(k => k.Name == nameOrAlias)
        ?? kernels.Find(k => k.Aliases.Contains(nameOrAlias, StringComparer.OrdinalIgnoreCase) || k.Name.Equals(nameOrAlias, StringComparison.OrdinalIgnoreCase));

    internal JsonObject ToJson()
    {
        var items = kernels.Select(kernel =>
        {
            var item = new JsonObject { ["name"] = kernel.Name };
            if (kernel.LanguageName is not null) item["languageName"] = kernel.LanguageName;
            if (kernel.Aliases.Count > 0) item["aliases"] = new JsonArray([.. kernel.Aliases.Select(alias => (JsonNode)alias)]);
            return (JsonNode)item;
        });
        return new JsonObject { ["defaultKernelName"] = DefaultKernelName, ["items"] = new JsonArray([.. items]) };
    }
}
