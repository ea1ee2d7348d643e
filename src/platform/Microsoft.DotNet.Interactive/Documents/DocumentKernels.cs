namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>Completes the list of kernels in a document's metadata.</summary>
internal static class DocumentKernels
{
    /// <summary>The same document, whose metadata list the kernels too.</summary>
    public static InteractiveDocument With(this InteractiveDocument document, KernelInfoCollection kernels)
    {
        if (kernels is { Count: 0, DefaultKernelName: null }) return document;
        var with = new InteractiveDocument(document.Elements) { Fields = document.Fields, KernelsOfReader = document.KernelsOfReader };
        foreach (var (name, value) in document.Metadata) with.Metadata[name] = value;
        var polyglot = InteractiveDocument.In(document.Metadata, InteractiveDocument.Polyglot);
        if (polyglot is not null && polyglot.ContainsKey(InteractiveDocument.KernelInfoName) && !with.Metadata.ContainsKey(InteractiveDocument.KernelInfoName))
        {
            var copy = new Dictionary<string, object>(polyglot);
            with.Metadata[InteractiveDocument.Polyglot] = copy;
            Complete(copy, kernels);
        }
        else
            Complete(with.Metadata, kernels);

        return with;
    }

    private static void Complete(IDictionary<string, object> metadata, KernelInfoCollection kernels)
    {
        metadata.TryGetValue(InteractiveDocument.KernelInfoName, out var value);
        var known = value switch
        {
            KernelInfoCollection collection => collection,
            IDictionary<string, object> listed => KernelInfoCollection.Read(listed),
            _ => [],
        };
        KernelInfo[] missing = [.. kernels.Where(kernel => known.All(k => k.Name != kernel.Name))];
        var isComplete = missing.Length == 0 && (known.DefaultKernelName ?? kernels.DefaultKernelName) == known.DefaultKernelName;
        if (value is not null && isComplete) return; // As it was read: there may be more in it than is known here.
        var complete = new KernelInfoCollection { DefaultKernelName = known.DefaultKernelName ?? kernels.DefaultKernelName };
        complete.AddRange(known);
        complete.AddRange(missing);
        metadata[InteractiveDocument.KernelInfoName] = complete;
    }
}
