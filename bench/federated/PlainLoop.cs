namespace FederatedBenchmark;

/// <summary>Training as anybody writes it with TorchSharp, with no federation in sight.</summary>
internal static class PlainLoop
{
    /// <summary>Reads the rows once, batch after batch as they lie.</summary>
    /// <returns>The mean loss of the batches.</returns>
    public static double Epoch(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor data, Tensor targets, int batchSize)
    {
        var (sum, batches) = (0.0, 0);
        model.train();
        for (long start = 0; start < data.shape[0]; start += batchSize, batches++)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(batchSize, data.shape[0] - start);
            optimizer.zero_grad();
            var loss = Networks.CrossEntropy(model.call(data.narrow(0, start, length)), targets.narrow(0, start, length));
            loss.backward();
            optimizer.step();
            sum += loss.item<float>();
        }

        return sum / batches;
    }

    /// <summary>The share of right answers.</summary>
    public static double Accuracy(nn.Module<Tensor, Tensor> model, BaseDataset test)
    {
        using var noGrad = no_grad();
        long right = 0;
        model.eval();
        for (long start = 0; start < test.Count; start += 1000)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(1000, test.Count - start);
            right += model.call(test.data.narrow(0, start, length)).argmax(1).eq(test.targets.narrow(0, start, length)).sum().item<long>();
        }

        return right / (double)test.Count;
    }
}
