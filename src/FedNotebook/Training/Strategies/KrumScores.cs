namespace FedNotebook;

/// <summary>How far updates are from their neighbours: the scores of Blanchard et al. (2017), which Krum, Multi-Krum and Bulyan go by.</summary>
internal static class KrumScores
{
    /// <summary>Scores that differ by less are the same one, differently rounded.</summary>
    private const double Alike = 1e-9;

    /// <summary>The updates with the smallest scores, the best one first; of equals the earlier one.</summary>
    /// <param name="distances">The squared distances.</param>
    /// <param name="byzantine">How many may be bad.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="among">The updates that are looked at; null for all.</param>
    public static int[] Best(double[][] distances, int byzantine, int count, IReadOnlyCollection<int>? among = null)
    {
        among ??= [.. Enumerable.Range(0, distances.Length)];
        var neighbours = Math.Max(1, among.Count - byzantine - 2);
        var left = among.Order().Select(i => (update: i, score: among.Where(j => j != i).Select(j => distances[i][j]).Order().Take(neighbours).Sum())).ToList();
        var best = new List<int>();
        while (best.Count < count && left.Count > 0)
        {
            var most = left.Min(one => one.score) * (1 + Alike);
            var next = left.FindIndex(one => one.score <= most);
            best.Add(left[next].update);
            left.RemoveAt(next);
        }

        return [.. best];
    }
}
