using FedNotebook.Kernel.Notebooks;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Running;

/// <summary>What a code cell is called while it runs.</summary>
internal static class CellTitle
{
    private const int Longest = 60;

    /// <summary>The heading right above the cell; below it, cells go by their first line.</summary>
    public static string Of(InteractiveDocumentElement cell, IEnumerable<InteractiveDocumentElement> textAbove) =>
        Shortened(textAbove.Select(Headings.LastIn).LastOrDefault(heading => heading is not null) ?? FirstLine(cell));

    public static string FirstLine(InteractiveDocumentElement cell) =>
        Shortened(cell.Text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0)?.TrimStart('/').Trim() ?? "");

    private static string Shortened(string title) => title.Length <= Longest ? title : title[..(Longest - 1)].TrimEnd() + "…";
}
