namespace FedNotebook;

/// <summary>A model is not where the call needs it.</summary>
public sealed class ModelLocationException : FederatedException
{
    private ModelLocationException(string message) : base(message)
    {
    }

    internal static ModelLocationException AtHome() =>
        new("Module has no attribute location, did you already send it to some location? model.send(bob) sends it.");

    internal static ModelLocationException Away(BaseWorker at, BaseWorker to) =>
        new($"The model is at {at.id}, so it cannot be sent to {to.id} from here. Call model.get() first, or model.move({to.id}).");

    internal static ModelLocationException NoParameter() =>
        new("ptr() is the pointer to a parameter of a model that is away; this tensor belongs to none. Call model.send(bob) first.");
}
