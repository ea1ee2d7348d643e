namespace FedNotebook;

/// <summary>An operation was called over tensors that are not at the same worker.</summary>
public sealed class TensorsNotCollocatedException : FederatedException
{
    private TensorsNotCollocatedException(string message) : base(message)
    {
    }

    /// <summary>Two tensors at different workers.</summary>
    internal static TensorsNotCollocatedException Between(string operation, string oneAt, string otherAt) => new(
        Start(operation) + $"which are not on the same machine! One tensor is on {oneAt} while the other is on {otherAt}. "
        + "Use a combination of .move(), .get(), and/or .send() to co-locate them to the same machine.");

    /// <summary>A pointer and a local tensor.</summary>
    internal static TensorsNotCollocatedException Mixed(string operation, string worker, string a, string b) => new(
        Start(operation) + $"where one tensor is actually located on another machine (is a PointerTensor). Call .get() on the PointerTensor or .send({worker}) "
        + $"on the other tensor.\n\nTensor A: {a}\nTensor B: {b}");

    /// <summary>A model and its data.</summary>
    internal static TensorsNotCollocatedException ModelAndData(string model, BaseWorker? modelAt, BaseWorker dataAt) => new(modelAt is null
        ? $"You tried to call {model}, which is here, on a tensor that is on {dataAt}! Call model.send({dataAt.id}) first, or .get() on the tensor."
        : $"You tried to call {model} on {modelAt} with a tensor that is on {dataAt}! Call model.move({dataAt.id}), or .move({modelAt.id}) on the tensor.");

    private static string Start(string operation) => $"You tried to call {operation.Split('(')[0]} involving two tensors ";
}
