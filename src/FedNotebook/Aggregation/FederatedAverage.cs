using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The average of models of one architecture, parameter by parameter, each model counting alike: the aggregation step of McMahan et al.,
/// "Communication-Efficient Learning of Deep Networks from Decentralized Data" (2017), for clients with equally many examples.
/// Buffers, such as the statistics of batch normalization, are averaged too.
/// </summary>
internal static class FederatedAverage
{
    public static T Of<T>(IReadOnlyList<T> models) where T : nn.Module
    {
        if (models.Count == 0) throw new ArgumentException("There is no model to average: federated_avg(bobs_model, alices_model).", nameof(models));
        if (models.Contains(null)) throw new ArgumentException("One of the models to average is null.", nameof(models));

        var away = AreAway(models);
        IReadOnlyDictionary<string, Tensor>[] states = [.. models.Select(ModelTensors.Of)];
        for (var i = 1; i < states.Length; i++) ModelTensors.MustMatch(states[0], states[i], $"model {i + 1}", "model 1");

        var result = models[0].copy();
        using var noGrad = no_grad();
        foreach (var (name, tensor) in ModelTensors.Of(result))
        {
            var same = Array.ConvertAll(states, state => state[name]);
            using var mean = away ? Mean.Of(Array.ConvertAll(same, part => part.ptr()), tensor.dtype) : Mean.Of(same);
            tensor.copy_(mean);
        }

        return result;
    }

    /// <summary>Whether the models are at a worker, all at the same one; otherwise they are all here.</summary>
    /// <exception cref="ModelsNotTogetherException">They are at different places.</exception>
    private static bool AreAway(IReadOnlyList<nn.Module> models)
    {
        var places = models.Select(model => ModelPlace.Of(model)?.Location).ToList();
        if (places.Distinct().Count() > 1) throw ModelsNotTogetherException.Apart(places);
        return places[0] is not null;
    }
}
