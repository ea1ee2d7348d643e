namespace FedNotebook.Views;

/// <summary>A pointer as an arrow from its owner to the object, over every hop that can be seen from here. What is not known stays open.</summary>
internal static class PointerView
{
    private const int Listed = 20;

    internal static string Html(ObjectPointer pointer)
    {
        if (pointer.Local is { } tensor) return TensorView.Html(tensor);
        var path = new PointerPath(pointer);
        var name = pointer is PointerTensor ? "PointerTensor" : "PointerChain";
        return Frame.Of($"{Frame.Line(name, Facts(pointer, path))}{Arrows(pointer, path)}{Frame.TagLine(pointer.tags)}{Frame.Note(pointer.description)}{Frame.Note(path.Lost)}");
    }

    internal static string Html(MultiPointerTensor pointers) => Frame.Of($"""
        {Frame.Line("MultiPointerTensor", Amount.Of(pointers.Count, "worker"), pointers[0].KnownShape is { } shape ? $"shape {Amount.Shape(shape)}" : "")}{pointers.Take(Listed).Select(Arrows)}{Frame.Note(Amount.Listed(Listed, pointers.Count, "pointers"))}
        """);

    internal static string Text(ObjectPointer pointer)
    {
        if (pointer.Local is { } tensor) return TensorView.Text(tensor);
        var path = new PointerPath(pointer);
        var further = path.Hops.Skip(1).Zip(path.Hops.Skip(2), (from, to) => $"\n\t-> [{from.Worker}:{from.Id} -> {to.Worker}:{to.Id}]");
        return pointer + string.Concat(further) + (path.Lost is null ? "" : "\n\t" + path.Lost);
    }

    private static Markup Arrows(PointerTensor pointer)
    {
        var path = new PointerPath(pointer);
        return $"{Arrows(pointer, path)}{Frame.Note(path.Lost)}";
    }

    private static Markup Arrows(ObjectPointer pointer, PointerPath path) =>
        $"""<div class="fednb-hops">{path.Hops.Select((hop, i) => Hop(hop, i, i == path.Hops.Count - 1 ? pointer.PartName ?? "object" : "pointer"))}</div>""";

    private static Markup Hop(PointerHop hop, int index, string what) =>
        $"""<span class="fednb-step">{(index > 0 ? Arrow : Markup.None)}<span class="fednb-hop"><b>{hop.Worker}</b> <span class="fednb-faint">{what} {hop.Id}</span></span></span> """;

    private static Markup Arrow => $"""<span class="fednb-arrow">→</span> """;

    private static IEnumerable<string?> Facts(ObjectPointer pointer, PointerPath path)
    {
        if (pointer.PartName is { } part)
        {
            yield return $"the {part} of an object";
            yield return pointer.KnownShape is { } shape ? $"shape {Amount.Shape(shape)}" : null;
            yield break;
        }

        yield return path.Target?.Kind is "tensor" ? null : path.Target?.Kind;
        yield return (path.Target?.Shape ?? pointer.KnownShape) is { } known ? $"shape {Amount.Shape(known)}" : null;
        yield return path.Target?.Dtype;
        yield return pointer.gc ? null : "owns nothing: the object stays when the pointer goes";
    }
}
