using System.Text.Json.Nodes;
using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Sessions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>What an editor asks while code is typed: completions, documentation, and whether the code is whole.</summary>
internal sealed class EditorRequests(NotebookSession session)
{
    private static readonly CSharpParseOptions Script =
        CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Preview);

    public async Task<JsonObject?> CompleteAsync(JupyterMessage request)
    {
        var code = request.Text("code") ?? "";
        var cursor = CursorPosition.ToIndex(code, request.Number("cursor_pos"));
        var produced = await session.AskAsync<CompletionsProduced>(new RequestCompletions(code, CursorPosition.ToLine(code, cursor)));
        var start = cursor;
        while (start > 0 && CursorPosition.IsPartOfName(code[start - 1])) start--;
        var end = cursor;
        if (produced?.LinePositionSpan is { } span)
        {
            (start, end) = (CursorPosition.FromLine(code, span.Start), CursorPosition.FromLine(code, span.End));
        }

        var typed = code[Math.Min(start, cursor)..cursor];
        var items = (produced?.Completions ?? [])
            .Where(item => (item.FilterText ?? item.DisplayText).StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(item => item.InsertText ?? item.DisplayText).ToArray();
        var (from, to) = (CursorPosition.FromIndex(code, start), CursorPosition.FromIndex(code, Math.Max(end, cursor)));
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. items.Select(item => (JsonNode)(item.InsertText ?? item.DisplayText))]),
            ["cursor_start"] = from,
            ["cursor_end"] = to,
            ["metadata"] = new JsonObject
            {
                // What JupyterLab and the notebook read to show the kind of each match.
                ["_jupyter_types_experimental"] = new JsonArray([.. items.Select(item => new JsonObject
                {
                    ["text"] = item.InsertText ?? item.DisplayText, ["type"] = item.Kind, ["start"] = from, ["end"] = to,
                })]),
            },
        };
    }

    public async Task<JsonObject?> InspectAsync(JupyterMessage request)
    {
        var code = request.Text("code") ?? "";
        var data = await DescribeAsync(code, CursorPosition.ToIndex(code, request.Number("cursor_pos")), request.Number("detail_level") ?? 0);
        return new() { ["status"] = "ok", ["found"] = data is not null, ["data"] = data ?? [], ["metadata"] = new JsonObject() };
    }

    /// <summary>The documentation of what stands at (or ends at) a place in the code, by MIME type; null when there is none.</summary>
    /// <param name="code">The code.</param>
    /// <param name="index">The place in it.</param>
    /// <param name="detail">1 for the members as well.</param>
    public async Task<JsonObject?> DescribeAsync(string code, int index, int detail)
    {
        foreach (var place in index > 0 ? (int[])[index, index - 1] : [index])
        {
            var produced = await session.AskAsync<HoverTextProduced>(new RequestHoverText(code, CursorPosition.ToLine(code, place)));
            if (produced is null || produced.Content.All(value => string.IsNullOrWhiteSpace(value.Value))) continue;
            var data = MimeBundle.Of(null, produced.Content);
            var text = (data[MimeBundle.PlainText] ?? data.First().Value!).GetValue<string>();
            if (detail > 0 && await MembersAsync(code, place) is { Length: > 0 } members)
            {
                data.Clear();
                text = $"{text.TrimEnd()}\n\nMembers:\n{members}";
            }

            data[MimeBundle.PlainText] = text;
            return data;
        }

        return null;
    }

    /// <summary>A line for each member of what the name at a place in the code stands for.</summary>
    private async Task<string> MembersAsync(string code, int index)
    {
        while (index < code.Length && CursorPosition.IsPartOfName(code[index])) index++;
        var dotted = code[..index] + ".";
        var produced = await session.AskAsync<CompletionsProduced>(new RequestCompletions(dotted, CursorPosition.ToLine(dotted, dotted.Length)));
        return string.Join('\n', (produced?.Completions ?? []).Select(item => "  " + (string.IsNullOrEmpty(item.Documentation) ? item.DisplayText : item.Documentation.Split('\n')[0])));
    }

    public static JsonObject IsComplete(JupyterMessage request)
    {
        var code = request.Text("code") ?? "";
        if (Question.In(code) is not null) return new() { ["status"] = "complete" };
        // Magic commands are whole lines and not C#.
        var lines = code.Split('\n').Select(line => line.StartsWith('#') ? "" : line).ToArray();
        var tree = CSharpSyntaxTree.ParseText(string.Join('\n', lines), Script);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return new() { ["status"] = "incomplete", ["indent"] = IndentAfter(lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "") };
        var wrong = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new() { ["status"] = wrong ? "invalid" : "complete" };
    }

    private static string IndentAfter(string line)
    {
        var indent = line[..^line.TrimStart().Length];
        return line.TrimEnd().EndsWith('{') || line.TrimEnd().EndsWith('(') || line.TrimEnd().EndsWith('[') ? indent + "    " : indent;
    }
}
