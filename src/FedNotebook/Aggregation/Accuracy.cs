using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>How many predictions are right.</summary>
internal static class Accuracy
{
    public static double Of(Tensor predictions, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(labels);
        if (predictions.dim() != 2 || predictions.numel() == 0 || labels.numel() != predictions.shape[0])
        {
            throw new ArgumentException(
                $"Accuracy needs a row of scores for each label; the predictions have the shape [{string.Join(", ", predictions.shape)}], "
                + $"the labels [{string.Join(", ", labels.shape)}].");
        }

        using var scope = NewDisposeScope();
        return predictions.argmax(1).eq(labels.reshape(-1)).sum().item<long>() / (double)labels.numel();
    }
}
