namespace FedNotebook;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class NearName
{
    /// <summary>The nearest of some names: the same in other case, or one with a letter or two more, less or different; null when none is near.</summary>
    internal static string? Of(string name, IEnumerable<string> names)
    {
        var most = Math.Min(2, name.Length / 3);
        return names.Select(other => (other, distance: Distance(name.ToLowerInvariant(), other.ToLowerInvariant())))
            .Where(near => near.distance <= most)
            .OrderBy(near => near.distance)
            .Select(near => near.other)
            .FirstOrDefault();
    }

    // Levenshtein's: how many letters must be put in, taken out or replaced.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
