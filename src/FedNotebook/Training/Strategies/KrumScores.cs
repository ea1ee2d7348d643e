namespace FedNotebook;

/// <summary>How far updates are from their neighbours: the scores of Blanchard et al. (2017), which Krum, Multi-Krum and Bulyan go by.</summary>
internal static class KrumScores
{
    /// <summary>The updates with the smallest scores, the best one first; of equals the earlier one.</summary>
    /// <param name="distances">The squared distances.</param>
    /// <param name="byzantine">How many may be bad.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="among">The updates that are looked at; null for all.</param>
    public static int[] Best(double[][] distances, int byzantine, int count, IReadOnlyCollection<int>? among = null)
    {
        among ??= [.. Enumerable.Range(0, distances.Length)];
        var neighbours = Math.Max(1, among.Count - byzantine - 2);
        return [.. among.OrderBy(i => among.Where(j => j != i).Select(j => distances[i][j]).Order().Take(neighbours).Sum()).ThenBy(i => i).Take(count)];
    }
}
