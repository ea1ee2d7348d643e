namespace FedNotebook;

/// <summary>Models were to be put together that are at different places.</summary>
public sealed class ModelsNotTogetherException : FederatedException
{
    private ModelsNotTogetherException(string message) : base(message)
    {
    }

    internal static ModelsNotTogetherException Apart(IEnumerable<BaseWorker?> places)
    {
        var all = places.Select((place, i) => $"model {i + 1} is {(place is null ? "here" : "at " + place.id)}").ToList();
        return new($"The models are not at one place: {string.Join(", ", all)}. "
            + "Bring them to one worker with .send() and .move(), or home with .get().");
    }

    internal static ModelsNotTogetherException NotHere(BaseWorker place) =>
        new($"The model is at {place.id}, so its parameters cannot be changed from here. Call model.get() first.");
}
