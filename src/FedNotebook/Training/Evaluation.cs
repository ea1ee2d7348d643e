using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Tests a model: the mean loss, and the share of right answers where the targets are classes.</summary>
internal static class Evaluation
{
    private const int ItemsAtOnce = 1000;

    public static (double loss, double accuracy) Of(
        nn.Module<Tensor, Tensor> model, utils.data.IterableDataset test, Func<Tensor, Tensor, Tensor> loss, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        model.eval();
        var (lossSum, right, classified) = (0.0, 0L, true);
        for (long start = 0; start < test.Count; start += ItemsAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (data, targets) = Rows(test, start, Math.Min(ItemsAtOnce, test.Count - start));
            var output = model.call(data);
            lossSum += loss(output, targets).to(ScalarType.Float64).item<double>() * data.shape[0];
            classified &= output.dim() == 2 && targets.dim() == 1 && !is_floating_point(targets.dtype);
            if (classified) right += output.argmax(1).eq(targets).sum().item<long>();
        }

        return (lossSum / test.Count, classified ? right / (double)test.Count : double.NaN);
    }

    private static (Tensor data, Tensor targets) Rows(utils.data.IterableDataset test, long start, long length)
    {
        if (test is BaseDataset own)
        {
            var rows = own.data.narrow(0, start, length);
            return (own.ItemTransform?.CallBatch(rows) ?? rows, own.targets.narrow(0, start, length));
        }

        return FederateExtensions.Read(test, start, length);
    }
}
