namespace FedNotebook;

/// <summary>How far updates are from one another.</summary>
internal static class SquaredDistances
{
    /// <summary>The squared distances between all pairs, [n][n]; infinite where they are too large for a number.</summary>
    public static double[][] Between(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var products = Products.Of(state, updates);
        return [.. products.Select((row, i) => row.Select((product, j) => i == j ? 0 : Distance(products[i][i], products[j][j], product)).ToArray())];
    }

    /// <summary>Two that are both far beyond all others are not near each other: infinity less infinity says nothing.</summary>
    private static double Distance(double one, double other, double product) =>
        one + other - (2 * product) is var distance && double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(0, distance);
}
