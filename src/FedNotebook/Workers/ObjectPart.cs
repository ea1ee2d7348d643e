using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Finds what a reference names: an object, or a part of one.</summary>
internal static class ObjectPart
{
    /// <summary>The object, or its part.</summary>
    /// <exception cref="ObjectNotFoundError">The object has no such part.</exception>
    public static object Of(object item, ObjectReference reference, string worker) =>
        reference.Attribute is null ? item : Part(item, reference.Attribute) ?? throw new ObjectNotFoundError(reference.Id, worker, reference.Attribute);

    /// <summary>Whether the part is there.</summary>
    public static bool Exists(object item, ObjectReference reference)
    {
        if (reference.Attribute is null) return true;
        var part = Part(item, reference.Attribute);
        if (item is Tensor) part?.Dispose();
        return part is not null;
    }

    /// <summary>A tensor's parts are fresh handles; a module's are its own.</summary>
    private static Tensor? Part(object item, string attribute) => (item, attribute) switch
    {
        (Tensor tensor, "grad") => tensor.grad,
        (Tensor tensor, "data") => tensor.detach(),
        (nn.Module module, _) => module.named_parameters().FirstOrDefault(p => p.name == attribute).parameter
            ?? module.named_buffers().FirstOrDefault(b => b.name == attribute).buffer,
        _ => null,
    };
}
