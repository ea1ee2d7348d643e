using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Tests a model: the mean loss, and the share of right answers where the targets are classes.</summary>
internal static class Evaluation
{
    private const int ItemsAtOnce = 1000;

    /// <summary>
    /// Tests a model, part by part; parts of a data set in memory side by side. The result does not depend on how many at once: where transforms or the model draw from torch's
    /// random numbers, of which there is one stream for all threads, the parts are read one after another.
    /// </summary>
    public static (double loss, double accuracy) Of(
        nn.Module<Tensor, Tensor> model, utils.data.IterableDataset test, Func<Tensor, Tensor, Tensor> loss, int parallel, int seed, CancellationToken cancel)
    {
        model.eval();
        var parts = new (double loss, double right)[(test.Count + ItemsAtOnce - 1) / ItemsAtOnce];
        if (test is not BaseDataset || parts.Length == 1) parallel = 1; // somebody else's data set may not bear two readers
        manual_seed(seed);
        using (var before = get_rng_state())
        {
            All(parallel);
            using var after = get_rng_state();
            if (parallel > 1 && !before.bytes.SequenceEqual(after.bytes))
            {
                manual_seed(seed);
                All(1);
            }
        }

        return (parts.Sum(part => part.loss) / test.Count, parts.Sum(part => part.right) / test.Count);

        void All(int atOnce)
        {
            if (atOnce > 1)
            {
                try
                {
                    Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, One);
                }
                catch (AggregateException errors)
                {
                    throw errors.InnerExceptions[0];
                }
            }
            else
            {
                for (var part = 0; part < parts.Length; part++) One(part);
            }
        }

        void One(int part)
        {
            cancel.ThrowIfCancellationRequested();
            parts[part] = Part(model, test, loss, (long)part * ItemsAtOnce);
        }
    }

    private static (double loss, double right) Part(nn.Module<Tensor, Tensor> model, utils.data.IterableDataset test, Func<Tensor, Tensor, Tensor> loss, long start)
    {
        if (get_num_threads() > 1) set_num_threads(1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (data, targets) = Rows(test, start, Math.Min(ItemsAtOnce, test.Count - start));
        var output = model.call(data);
        var sum = loss(output, targets).to(ScalarType.Float64).item<double>() * data.shape[0];
        var classified = output.dim() == 2 && targets.dim() == 1 && !is_floating_point(targets.dtype);
        return (sum, classified ? output.argmax(1).eq(targets).sum().item<long>() : double.NaN);
    }

    private static (Tensor data, Tensor targets) Rows(utils.data.IterableDataset test, long start, long length)
    {
        if (test is not BaseDataset own) return FederateExtensions.Read(test, start, length);
        var rows = own.data.narrow(0, start, length);
        return (own.ItemTransform?.CallBatch(rows) ?? rows, own.targets.narrow(0, start, length));
    }
}
