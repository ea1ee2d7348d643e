using System.Globalization;

namespace FedNotebook.Views;

/// <summary>How a client shall train.</summary>
internal static class TrainConfigView
{
    internal static string Html(TrainConfig config) => Frame.Of($"{Frame.Line("TrainConfig", $"id {config.id}", $"owned by {config.owner.id}")}{Table.OfFacts(Facts(config))}");

    private static IEnumerable<(string Name, string Value)> Facts(TrainConfig config)
    {
        yield return ("model", config.model?.GetName() ?? (config.model_id is { } model ? $"object {model} at {config.owner.id}" : "none"));
        yield return ("loss", config.loss_fn is not null ? "a function" : config.loss_fn_id is { } loss ? $"object {loss} at {config.owner.id}" : "none");
        yield return ("optimizer", $"{config.optimizer}({string.Join(", ", config.optimizer_args.Select(arg => string.Create(CultureInfo.InvariantCulture, $"{arg.Key}: {arg.Value}")))})");
        yield return ("epochs", Amount.Of(config.epochs));
        yield return ("batch size", Amount.Of(config.batch_size) + (config.shuffle ? ", shuffled" : ""));
        if (config.max_nr_batches > 0) yield return ("at most", Amount.Of(config.max_nr_batches, "batch", "batches"));
    }
}
