using System.Collections;

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

    internal KernelInfo? Find(string nameOrAlias) =>
        kernels.Find(k => k.Name == nameOrAlias) ?? kernels.Find(k => k.Aliases.Contains(nameOrAlias, StringComparer.OrdinalIgnoreCase));
}
