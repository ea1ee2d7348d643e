namespace FedNotebook.Plots;

/// <summary>Compares the code of cells: a kernel is not told which cell it runs, only what is in it.</summary>
internal static class CellCode
{
    private const double MostlyTheSame = 0.75;

    /// <summary>Whether a cell is likely to be an earlier one that was run again, edited or not: by the share of pairs of neighboring letters that both have (Dice's coefficient).</summary>
    internal static bool IsEdit(string before, string after)
    {
        var (one, other) = (Pairs(before.Trim()), Pairs(after.Trim()));
        var inBoth = one.Sum(pair => Math.Min(pair.Value, other.GetValueOrDefault(pair.Key)));
        return before.Trim() == after.Trim() || 2.0 * inBoth > MostlyTheSame * (one.Values.Sum() + other.Values.Sum());
    }

    private static Dictionary<(char, char), int> Pairs(string code) => code.Zip(code.Skip(1)).CountBy(pair => pair).ToDictionary();
}
