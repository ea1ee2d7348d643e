using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Sums and multiples of the parameters of models.</summary>
internal static class ModelArithmetic
{
    public static T Add<T>(T to, nn.Module model) where T : nn.Module
    {
        var (parameters, added) = (Parameters(to), Parameters(model));
        ModelTensors.MustMatch(parameters, added, "src_model", "dst_model");
        using var noGrad = no_grad();
        foreach (var (name, parameter) in parameters) parameter.add_(added[name]);
        return to;
    }

    public static T Scale<T>(T model, double scale) where T : nn.Module
    {
        using var noGrad = no_grad();
        foreach (var parameter in Parameters(model).Values) parameter.mul_(scale);
        return model;
    }

    private static IReadOnlyDictionary<string, Tensor> Parameters(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (ModelPlace.Of(model) is { } place) throw ModelsNotTogetherException.NotHere(place.Location);
        return new OrderedDictionary<string, Tensor>(model.named_parameters().Select(p => KeyValuePair.Create(p.name, (Tensor)p.parameter)));
    }
}
