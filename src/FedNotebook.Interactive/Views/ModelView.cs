using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>A model: where it is, how large, and its layers with their parameters' shapes. No weights: they may be a worker's.</summary>
internal static class ModelView
{
    private const int Listed = 50;

    internal static string Html(nn.Module model)
    {
        var layers = Layers(model).Take(Listed + 1).ToList();
        return Frame.Of($"""
            {Frame.Line(model.GetName(), Facts(model))}{Way(model)}{(layers.Count == 0 ? Frame.Note("no parameters") : Table.Of(["layer", "kind", "parameters", ">numbers"], layers.Take(Listed).Select(Row)))}{Frame.Note(layers.Count > Listed ? $"the first {Listed} layers" : "")}
            """);
    }

    internal static string Text(nn.Module model)
    {
        var layers = Layers(model).Take(Listed + 1).Select(layer => $"  {Name(layer)}: {layer.Module.GetName()} {Shapes(layer.Module)}".TrimEnd()).ToList();
        return string.Join('\n', [$"{model.GetName()} · {string.Join(" · ", Facts(model))}", .. layers.Take(Listed), .. layers.Count > Listed ? ["  ..."] : (string[])[]]);
    }

    private static IEnumerable<string> Facts(nn.Module model)
    {
        yield return ModelPlace.Of(model) is { } place ? $"away, at {place.Location.id}" : "here";
        yield return $"{ModelSize.Of(model)}";
        yield return model.training ? "in training mode" : "in evaluation mode";
    }

    private static Markup Way(nn.Module model) => ModelPlace.Of(model) is { } place ? Arrow(place) : Markup.None;

    private static Markup Arrow(ModelPlace place) => $"""
        <div class="fednb-hops"><span class="fednb-hop"><b>me</b></span> <span class="fednb-step"><span class="fednb-arrow">→</span> <span class="fednb-hop"><b>{place.Location.id}</b> <span class="fednb-faint">object {place.Id}</span></span></span></div>
        """;

    /// <summary>The modules that have parameters or buffers of their own, and those that have nothing inside at all.</summary>
    private static IEnumerable<(string Path, nn.Module Module)> Layers(nn.Module model)
    {
        if (Own(model).Any()) yield return ("", model);
        foreach (var (path, module) in model.named_modules())
            if (!ReferenceEquals(module, model) && (Own(module).Any() || !module.named_children().Any())) yield return (path, module);
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Own(nn.Module module) =>
        module.named_parameters(recurse: false).Select(p => (p.name, (Tensor)p.parameter)).Concat(module.named_buffers(recurse: false).Select(b => (b.name, b.buffer)));

    private static IReadOnlyList<Markup> Row((string Path, nn.Module Module) layer) =>
        [$"{Name(layer)}", $"{layer.Module.GetName()}", $"{Shapes(layer.Module)}", Table.Number(Own(layer.Module).Sum(own => own.Tensor.numel()))];

    private static string Name((string Path, nn.Module Module) layer) => layer.Path.Length == 0 ? "(the model itself)" : layer.Path;

    private static string Shapes(nn.Module module) => string.Join(", ", Own(module).Select(own => $"{own.Name} {Amount.Shape(own.Tensor.shape)}"));
}
