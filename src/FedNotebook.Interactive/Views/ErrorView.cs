using System.Text.RegularExpressions;

namespace FedNotebook.Views;

/// <summary>An error of federated work: its name, what happened, and what to do.</summary>
internal static partial class ErrorView
{
    internal static string Html(FederatedException error)
    {
        var (happened, advice) = Split(error.Message);
        return Frame.Of($"""
            <div class="fednb-alert"><b>{error.GetType().Name}</b><p>{happened}</p>{Paragraph(advice)}{Cause(error)}</div>
            """);
    }

    internal static string Text(FederatedException error) => $"{error.GetType().Name}: {error.Message}";

    // The errors' texts say what happened first, in one sentence.
    private static (string Happened, string Advice) Split(string message)
    {
        var parts = SentenceEnd().Split(message, 2);
        return (parts[0].Trim(), parts.Length == 1 ? "" : parts[1].Trim());
    }

    private static Markup Paragraph(string text) => text.Length == 0 ? Markup.None : Markup.Of($"<p>{text}</p>");

    // Most errors say what caused them in their own words; nobody reads it twice.
    private static Markup Cause(FederatedException error) => error.InnerException is { } inner && !error.Message.Contains(inner.Message.TrimEnd('.'))
        ? Paragraph($"Caused by {inner.GetType().Name}: {inner.Message}")
        : Markup.None;

    [GeneratedRegex(@"(?<=[.!])\s|\n")]
    private static partial Regex SentenceEnd();
}
