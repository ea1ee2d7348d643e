using System.Globalization;

namespace FedNotebook.Views;

/// <summary>A table from a file: its first rows, as the file has them.</summary>
internal static class CsvView
{
    private const int Rows = 10, Columns = 20, Letters = 60;

    internal static string Html(CsvTable table)
    {
        List<string> columns = [.. table.Columns.Take(Columns)];
        return Frame.Of($"""
            {Frame.Line("CsvTable", Facts(table))}{Table.Of([.. columns.Select(name => Head(table, name))], Enumerable.Range(0, (int)Math.Min(Rows, table.Count)).Select(row => Row(table, columns, row)))}{Frame.Note(Amount.Listed(Rows, table.Count, "rows"))}{Frame.Note(Amount.Listed(Columns, table.Columns.Count, "columns"))}
            """);
    }

    private static IEnumerable<string> Facts(CsvTable table) => [Amount.Of(table.Count, "row"), Amount.Of(table.Columns.Count, "column")];

    // To a table, > says that a column stands to the right; a name may begin with that, too.
    private static string Head(CsvTable table, string name) => name[0] == '>' || table[name].Take(Rows).All(IsNumber) ? ">" + name : name;

    private static bool IsNumber(string text) => text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static IReadOnlyList<Markup> Row(CsvTable table, IEnumerable<string> columns, int row) => [.. columns.Select(name => Table.Text(Short(table[name][row])))];

    private static string Short(string text) => text.Length <= Letters ? text : text[..(Letters - 1)] + "…";
}
