using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>Finds the headings in markdown cells, as plain text.</summary>
internal static partial class Headings
{
    public static string? FirstIn(InteractiveDocumentElement cell) => In(cell).FirstOrDefault();

    public static string? LastIn(InteractiveDocumentElement cell) => In(cell).LastOrDefault();

    private static IEnumerable<string> In(InteractiveDocumentElement cell)
    {
        if (cell.Language != Cells.Markdown) yield break;
        var fenced = false;
        foreach (var line in cell.Text.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            else if (!fenced && Heading().Match(line) is { Success: true } match) yield return Marks().Replace(match.Groups[1].Value, "$1").Trim();
        }
    }

    [GeneratedRegex(@"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$")]
    private static partial Regex Heading();

    /// <summary>Emphasis, code and links: their text stays.</summary>
    [GeneratedRegex(@"[*`]+|!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Marks();
}
