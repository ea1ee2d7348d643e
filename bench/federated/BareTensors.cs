namespace FederatedBenchmark;

/// <summary>FLUTE's workload as a loop over TorchSharp's tensors: what the library below costs.</summary>
internal sealed class BareTensors(Digits images)
{
    public double Accuracy { get; private set; }

    /// <summary>Trains from torch's usual beginning.</summary>
    /// <param name="cohorts">Round by round, the rows of each client that was chosen.</param>
    public void Run(int[][][] cohorts)
    {
        using var scope = NewDisposeScope();
        var (home, local) = (Networks.Logistic(1), Networks.Logistic(1));
        Tensor[] common = [.. home.parameters()], own = [.. local.parameters()];
        for (var round = 1; round <= cohorts.Length; round++)
        {
            Round(common, own, local, cohorts[round - 1]);
            if (round % Flute.TestEvery == 0) Accuracy = PlainLoop.Accuracy(home, images.Test);
        }
    }

    private void Round(Tensor[] common, Tensor[] own, nn.Module<Tensor, Tensor> local, int[][] cohort)
    {
        using var scope = NewDisposeScope();
        Tensor[] sums = [.. common.Select(tensor => zeros_like(tensor))];
        foreach (var rows in cohort)
        {
            using (no_grad())
                for (var i = 0; i < own.Length; i++) own[i].copy_(common[i]);
            using var optimizer = optim.SGD(local.parameters(), Flute.Rate);
            using var index = tensor(Array.ConvertAll(rows, row => (long)row));
            using var data = images.Train.data.index_select(0, index);
            using var targets = images.Train.targets.index_select(0, index);
            PlainLoop.Epoch(local, optimizer, data, targets, Flute.BatchSize);
            using (no_grad())
                for (var i = 0; i < own.Length; i++) sums[i].add_(own[i], rows.Length);
        }

        using var noGrad = no_grad();
        var all = cohort.Sum(rows => rows.Length);
        for (var i = 0; i < common.Length; i++) common[i].copy_(sums[i].div_(all));
    }
}
