using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DotNet.Interactive;

public class KernelCollection : IReadOnlyCollection<Kernel>
{
    private readonly Dictionary<string, Kernel> byAlias = [];
    private readonly List<Kernel> kernels = [];

    internal KernelCollection(CompositeKernel compositeKernel)
    {
    }

    public int Count => kernels.Count;

    public bool TryGetByAlias(string alias, [NotNullWhen(true)] out Kernel? kernel) => byAlias.TryGetValue(alias, out kernel);

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
