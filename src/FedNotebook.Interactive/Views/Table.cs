namespace FedNotebook.Views;

/// <summary>A table whose columns of numbers stand to the right.</summary>
internal static class Table
{
    /// <summary>A column's name; those that begin with <c>&gt;</c> hold numbers.</summary>
    internal static Markup Of(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Markup>> rows) => $"""
        <div class="fednb-scroll"><table><thead><tr>{columns.Select(Head)}</tr></thead><tbody>{rows.Select(row => Row(columns, row))}</tbody></table></div>
        """;

    /// <summary>Names and what they are, a line each.</summary>
    internal static Markup OfFacts(params IEnumerable<(string Name, string Value)> facts) => $"""
        <div class="fednb-scroll"><table><tbody>{facts.Select(Fact)}</tbody></table></div>
        """;

    internal static Markup Text(string? text) => $"{text}";

    internal static Markup Number(long? number) => $"{(number is { } n ? Amount.Of(n) : "")}";

    private static Markup Head(string column) => column[0] == '>' ? Markup.Of($"""<th class="fednb-n">{column[1..]}</th>""") : Markup.Of($"<th>{column}</th>");

    private static Markup Row(IReadOnlyList<string> columns, IReadOnlyList<Markup> cells) => $"<tr>{cells.Select((cell, i) => Cell(columns[i][0] == '>', cell))}</tr>";

    private static Markup Cell(bool isNumber, Markup cell) => isNumber ? Markup.Of($"""<td class="fednb-n">{cell}</td>""") : Markup.Of($"<td>{cell}</td>");

    private static Markup Fact((string Name, string Value) fact) => $"<tr><th>{fact.Name}</th><td>{fact.Value}</td></tr>";
}
