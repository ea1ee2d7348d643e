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

    /// <summary>
    /// What is left of long ways that are alike is rounding: then the two are at one place. Two that are both far beyond all others are not near each other: infinity less
    /// infinity says nothing.
    /// </summary>
    private static double Distance(double one, double other, double product)
    {
        var distance = one + other - (2 * product);
        return !double.IsFinite(distance) ? double.PositiveInfinity : distance <= 1e-14 * (one + other) ? 0 : distance;
    }
}
