namespace FedNotebook;

/// <summary>An operation was called over tensors that are not at the same worker.</summary>
public sealed class TensorsNotCollocatedException : FederatedException
{
    /// <summary>Two pointers to different workers, or a pointer and a local tensor.</summary>
    internal TensorsNotCollocatedException(string operation, PointerTensor a, PointerTensor b) : base(Text(operation.Split('(')[0], a, b))
    {
    }

    /// <summary>A model and its data.</summary>
    internal TensorsNotCollocatedException(string model, BaseWorker? modelAt, BaseWorker dataAt) : base(modelAt is null
        ? $"You tried to call {model}, which is here, on a tensor that is on {dataAt}! Call model.send({dataAt.id}) first, or .get() on the tensor."
        : $"You tried to call {model} on {modelAt} with a tensor that is on {dataAt}! Call model.move({dataAt.id}), or .move({modelAt.id}) on the tensor.")
    {
    }

    private static string Text(string operation, PointerTensor a, PointerTensor b)
    {
        var start = $"You tried to call {operation} involving two tensors ";
        if (a.IsLocal == b.IsLocal)
            return start + $"which are not on the same machine! One tensor is on {a.location} while the other is on {b.location}. "
                + "Use a combination of .move(), .get(), and/or .send() to co-locate them to the same machine.";
        var there = a.IsLocal ? b.location : a.location;
        return start + $"where one tensor is actually located on another machine (is a PointerTensor). Call .get() on the PointerTensor or .send({there.id}) "
            + $"on the other tensor.\n\nTensor A: {a}\nTensor B: {b}";
    }
}
