using System.Globalization;
using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class DirichletPartition(double alpha, int seed, int minimum) : Partition
{
    private readonly double alpha = alpha > 0 && double.IsFinite(alpha) ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), $"alpha must be above 0; it is {alpha}.");

    private readonly int minimum = minimum >= 0 ? minimum : throw new ArgumentOutOfRangeException(nameof(minimum), $"minimum must be 0 or more; it is {minimum}.");

    public override IReadOnlyList<int[]> Divide(Tensor targets, int clients)
    {
        var labels = Labels(targets);
        if (minimum > 0) Enough(labels.Length, clients, minimum, $"at least {minimum} item{(minimum == 1 ? "" : "s")} each");
        var random = new Random(seed);
        var shares = Enumerable.Range(0, clients).Select(_ => new List<int>()).ToArray();
        foreach (var sameLabel in Enumerable.Range(0, labels.Length).GroupBy(row => labels[row]).OrderBy(group => group.Key))
        {
            var rows = sameLabel.ToArray();
            random.Shuffle(rows);
            var (sum, start) = (0.0, 0);
            var parts = Draw(clients, random);
            for (var client = 0; client < clients; client++)
            {
                sum += parts[client];
                var end = client == clients - 1 ? rows.Length : (int)Math.Round(Math.Min(1, sum) * rows.Length);
                shares[client].AddRange(rows.AsSpan(start..end));
                start = end;
            }
        }

        FillUp(shares, random);
        return [.. shares.Select(share => share.ToArray())];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Dirichlet(alpha: {alpha}, seed: {seed})");

    /// <summary>One draw from the symmetric Dirichlet distribution: gamma numbers over their sum, by their logarithms because small α makes tiny ones.</summary>
    private double[] Draw(int length, Random random)
    {
        // Below 1e-300 all logarithms would be infinite; there the whole class goes to one client long since.
        var logs = Enumerable.Range(0, length).Select(_ => random.NextLogGamma(Math.Max(alpha, 1e-300))).ToArray();
        var largest = logs.Max();
        var numbers = Array.ConvertAll(logs, log => Math.Exp(log - largest));
        var sum = numbers.Sum();
        return Array.ConvertAll(numbers, number => number / sum);
    }

    /// <summary>Gives who has too little some of whoever has most.</summary>
    private void FillUp(List<int>[] shares, Random random)
    {
        var rich = new PriorityQueue<List<int>, int>(shares.Select(share => (share, -share.Count)));
        foreach (var poor in shares.Where(share => share.Count < minimum))
        {
            while (poor.Count < minimum)
            {
                var richest = rich.Dequeue();
                var given = random.Next(richest.Count);
                poor.Add(richest[given]);
                richest.RemoveAt(given);
                rich.Enqueue(richest, -richest.Count);
            }
        }
    }
}
