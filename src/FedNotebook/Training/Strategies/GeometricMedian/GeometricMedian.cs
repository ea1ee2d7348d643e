namespace FedNotebook;

/// <summary>
/// The point with the smallest sum of distances to the clients' models, each weighing as much as it has items, found by Weiszfeld's method with
/// smoothed distances.
/// Pillutla, Kakade, Harchaoui, "Robust Aggregation for Federated Learning", IEEE Transactions on Signal Processing 2022 (RFA, 2019).
/// </summary>
/// <param name="iterations">
/// After how many steps to stop at the latest, at least 1. The paper finds 3 to be enough; clients that are very far away need more, since a step brings the point back by a factor only.
/// </param>
/// <param name="smoothing">Distances below this one count as this one, above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class GeometricMedian(int iterations = 1000, double smoothing = 1e-6) : Strategy
{
    private readonly int iterations = iterations > 0 ? iterations : throw new ArgumentOutOfRangeException(nameof(iterations), $"iterations must be at least 1; it is {iterations}.");
    private readonly double smoothing = Setting.Positive(smoothing, nameof(smoothing));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        state with { Weights = Products.Mean(state, updates, Shares(Products.Of(state, updates), [.. updates.Select(update => (double)update.Rows)])) };

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("iterations", iterations), ("smoothing", smoothing));

    /// <summary>
    /// How much of the middle each client is. Each step's point is a mean of the clients, so its distances follow from the products of the ways, whatever the model's
    /// size: |x − m|² = x·x − 2·x·m + m·m.
    /// </summary>
    private double[] Shares(double[][] products, double[] rows)
    {
        // Who is so far away that the square of the way is no number has no share, as in the limit.
        var near = Enumerable.Range(0, rows.Length).Where(k => double.IsFinite(products[k][k])).ToArray();
        if (near.Length < rows.Length)
        {
            var among = Shares([.. near.Select(k => near.Select(j => products[k][j]).ToArray())], [.. near.Select(k => rows[k])]);
            return [.. rows.Select((_, k) => Array.IndexOf(near, k) is >= 0 and var place ? among[place] : 0)];
        }

        var shares = Normalized(rows);
        for (var i = 0; i < iterations; i++)
        {
            var withMiddle = products.Select(row => Product(row, shares)).ToArray();
            var middle = Product(withMiddle, shares);
            var last = shares;
            shares = Normalized([.. rows.Select((weight, k) => weight / Math.Max(smoothing, Math.Sqrt(Math.Max(0, products[k][k] - (2 * withMiddle[k]) + middle))))]);
            double[] moved = [.. shares.Zip(last, (now, before) => now - before)];
            if (LengthSquared(moved) <= 1e-16 * LengthSquared(shares)) break;
        }

        return shares;

        double LengthSquared(double[] vector) => Math.Max(0, Product(vector, [.. products.Select(row => Product(row, vector))]));
    }

    private static double Product(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++) sum += one[i] * other[i];
        return sum;
    }

    private static double[] Normalized(double[] weights)
    {
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}
