using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DotNet.Interactive;

public class KernelCollection : IReadOnlyCollection<Kernel>
{
    private readonly Dictionary<string, Kernel> byAlias = [];
    private readonly List<Kernel> kernels = [];
    private readonly CompositeKernel parent;

    public KernelCollection(CompositeKernel compositeKernel) => parent = compositeKernel;

    public int Count => kernels.Count;

    public bool TryGetByAlias(string alias, [NotNullWhen(true)] out Kernel? kernel) => byAlias.TryGetValue(alias, out kernel);

    /// <summary>The kernel at an address: its own, or the one that it stands for elsewhere; the composite kernel itself has one too.</summary>
    public bool TryGetByUri(Uri uri, [NotNullWhen(true)] out Kernel? kernel)
    {
        kernel = kernels.Append(parent).FirstOrDefault(k => k.KernelInfo.Uri == uri) ?? kernels.FirstOrDefault(k => k.KernelInfo.RemoteUri == uri);
        return kernel is not null;
    }

    public IEnumerator<Kernel> GetEnumerator() => ((IEnumerable<Kernel>)[.. kernels]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(Kernel kernel)
    {
        string[] names = [kernel.Name, .. kernel.KernelInfo.Aliases];
        foreach (var name in names.Distinct())
            if (byAlias.ContainsKey(name)) throw new ArgumentException($"There already is a kernel named '{name}'.");
        foreach (var name in names) byAlias[name] = kernel;
        kernels.Add(kernel);
    }
}
