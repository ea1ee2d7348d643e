using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>A tensor: its values as PyTorch prints them, of long dimensions the first and the last, and what it is. A private one keeps its values.</summary>
internal static class TensorView
{
    private const long MostNumbers = 2000;

    internal static string Html(Tensor tensor)
    {
        if (tensor.IsInvalid) return Frame.Of($"<i>{Text(tensor)}</i>");
        var label = Label.Find(tensor);
        return Frame.Of($"<pre>{Content(tensor)}</pre>{Frame.Note(string.Join(" · ", Facts(tensor, label)))}{Frame.TagLine(label?.Tags ?? [])}{Frame.Note(label?.Description)}");
    }

    internal static string Text(Tensor tensor) => tensor.IsInvalid ? "a disposed tensor" : Content(tensor) + Labels(tensor);

    private static string Content(Tensor tensor) => (tensor is TorchSharp.Modules.Parameter ? "Parameter containing:\n" : "") + Values(tensor);

    // As PySyft's hook adds them to a tensor's text.
    private static string Labels(Tensor tensor)
    {
        if (Label.Find(tensor) is not { AllowedUsers: null } label || (label.Tags.Count == 0 && label.Description is null)) return "";
        var tags = label.Tags.Count == 0 ? "" : "\n\tTags: " + string.Concat(label.Tags.Select(tag => tag + " "));
        var description = label.Description is null ? "" : $"\n\tDescription: {label.Description.Split('\n')[0]}...";
        return $"{tags}{description}\n\tShape: torch.Size([{string.Join(", ", tensor.shape)}])";
    }

    private static string Values(Tensor tensor)
    {
        if (Label.Find(tensor) is { AllowedUsers: not null } label) return new PrivateTensor(tensor, label).ToString();
        if (tensor.is_sparse || tensor.is_meta) return $"tensor(..., size=({string.Join(", ", tensor.shape)}), {(tensor.is_meta ? "device='meta'" : "layout=torch.sparse_coo")})";
        return Numbers(tensor.shape) <= MostNumbers ? TensorText.Of(tensor) : FirstBlock(tensor);
    }

    // Six of each of many dimensions are still too many to read.
    private static string FirstBlock(Tensor tensor)
    {
        var block = tensor.detach();
        var dimensions = 0;
        while (Numbers(block.shape) > MostNumbers)
        {
            var inner = block.select(0, 0);
            block.Dispose();
            block = inner;
            dimensions++;
        }

        using (block)
            return $"tensor of {Amount.Of(tensor.numel())} numbers; its first block, [{string.Join(", ", Enumerable.Repeat(0, dimensions))}]:\n{TensorText.Of(block)}";
    }

    private static long Numbers(long[] shape)
    {
        var all = shape.Aggregate(1.0, (a, b) => a * b);
        return (long)(all <= 1000 ? all : shape.Aggregate(1.0, (a, b) => a * Math.Min(b, 6)));
    }

    private static IEnumerable<string> Facts(Tensor tensor, Label? label)
    {
        yield return tensor.dim() == 0 ? "one number" : $"shape {Amount.Shape(tensor.shape)}";
        yield return $"{tensor.dtype}";
        yield return $"{tensor.device}";
        yield return Amount.Bytes(tensor.numel() * tensor.element_size());
        if (tensor.requires_grad) yield return tensor.is_leaf ? "requires grad" : "requires grad: has a grad_fn, being computed from others";
        if (label?.AllowedUsers is { Count: var users }) yield return $"private, for {Amount.Of(users, "user")}";
    }
}
