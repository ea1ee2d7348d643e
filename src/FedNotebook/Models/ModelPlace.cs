using System.Runtime.CompilerServices;
using TorchSharp;

namespace FedNotebook;

/// <summary>Where a model is while it is away.</summary>
/// <param name="Location">The worker that has it.</param>
/// <param name="Id">Its id there.</param>
internal sealed record ModelPlace(BaseWorker Location, long Id)
{
    private static readonly ConditionalWeakTable<torch.nn.Module, ModelPlace> Places = [];

    /// <summary>Where the model is, or null when it is here.</summary>
    public static ModelPlace? Of(torch.nn.Module model) => Places.TryGetValue(model, out var place) ? place : null;

    /// <summary>Notes where the model went; null: it is here.</summary>
    public static void Note(torch.nn.Module model, ModelPlace? place)
    {
        Places.Remove(model);
        if (place is not null) Places.Add(model, place);
    }
}
