using System.Runtime.CompilerServices;
using TorchSharp;

namespace FedNotebook;

/// <summary>Where a model is while it is away.</summary>
/// <param name="Location">The worker that has it.</param>
/// <param name="Id">Its id there.</param>
internal sealed record ModelPlace(BaseWorker Location, long Id)
{
    private static readonly ConditionalWeakTable<torch.nn.Module, ModelPlace> Places = [];

    private static readonly ConditionalWeakTable<torch.Tensor, Tuple<torch.nn.Module, string>> Owners = [];

    /// <summary>Where the model is that has this parameter or buffer, and the tensor's name in it; null when none that is away has it.</summary>
    public static (ModelPlace place, string name)? OfParameter(torch.Tensor parameter) =>
        Owners.TryGetValue(parameter, out var owner) && Of(owner.Item1) is { } place ? (place, owner.Item2) : null;

    /// <summary>Where the model is, or null when it is here.</summary>
    public static ModelPlace? Of(torch.nn.Module model) => Places.TryGetValue(model, out var place) ? place : null;

    /// <summary>Notes where the model went; null: it is here.</summary>
    public static void Note(torch.nn.Module model, ModelPlace? place)
    {
        Places.Remove(model);
        if (place is null) return;
        Places.Add(model, place);
        foreach (var (name, parameter) in model.named_parameters()) Owners.AddOrUpdate(parameter, Tuple.Create(model, name));
        foreach (var (name, buffer) in model.named_buffers()) Owners.AddOrUpdate(buffer, Tuple.Create(model, name));
    }
}
