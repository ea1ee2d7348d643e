using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The data set synthetic(α, β): users whose models and whose data differ. Li, Sahu, Zaheer, Sanjabi, Talwalkar, Smith, "Federated Optimization in
/// Heterogeneous Networks", MLSys 2020, after Shamir, Srebro, Zhang, 2014.
/// </summary>
internal sealed class SyntheticData(double alpha, double beta, bool iid, Random random)
{
    private const int Features = 60, Classes = 10;

    private readonly (double[,] weights, double[] bias) common = iid ? Model(0, random) : default;
    private readonly List<float> data = [];
    private readonly List<long> labels = [];

    /// <summary>Makes the users one after another: nine tenths of each one's items are to train with, the rest to test with.</summary>
    public (SimulatedClients train, BaseDataset test) Make(int users)
    {
        var sizes = Enumerable.Range(0, users).Select(_ => (int)Math.Min(1e6, Math.Exp(4 + (2 * random.NextNormal()))) + 50).ToArray();
        List<int[]> train = [];
        List<long> test = [];
        foreach (var size in sizes)
        {
            var first = labels.Count;
            AddUser(size);
            var rows = Enumerable.Range(first, size).ToArray();
            random.Shuffle(rows);
            train.Add(rows[..(size * 9 / 10)]);
            test.AddRange(rows[(size * 9 / 10)..].Select(row => (long)row));
        }

        using var scope = NewDisposeScope();
        var all = new BaseDataset(tensor(data.ToArray()).view(-1, Features), tensor(labels.ToArray()));
        var testRows = tensor(test.ToArray());
        return (new SimulatedClients(all, train), new BaseDataset(all.data.index_select(0, testRows), all.targets.index_select(0, testRows)));
    }

    private void AddUser(int size)
    {
        var (weights, bias) = iid ? common : Model(alpha * random.NextNormal(), random);
        var place = beta * random.NextNormal();
        var center = Enumerable.Range(0, Features).Select(_ => iid ? 0 : place + random.NextNormal()).ToArray();
        var x = new double[Features];
        for (var item = 0; item < size; item++)
        {
            for (var j = 0; j < Features; j++) x[j] = center[j] + (Math.Pow(j + 1, -0.6) * random.NextNormal()); // the variance of feature j, from 1, is j^-1.2
            data.AddRange(x.Select(value => (float)value));
            labels.Add(Label(x, weights, bias));
        }
    }

    private static (double[,] weights, double[] bias) Model(double mean, Random random)
    {
        var weights = new double[Features, Classes];
        for (var j = 0; j < Features; j++)
            for (var c = 0; c < Classes; c++) weights[j, c] = mean + random.NextNormal();
        return (weights, [.. Enumerable.Range(0, Classes).Select(_ => mean + random.NextNormal())]);
    }

    private static long Label(double[] x, double[,] weights, double[] bias)
    {
        var scores = (double[])bias.Clone();
        for (var j = 0; j < Features; j++)
            for (var c = 0; c < Classes; c++) scores[c] += x[j] * weights[j, c];
        return Array.IndexOf(scores, scores.Max());
    }
}
