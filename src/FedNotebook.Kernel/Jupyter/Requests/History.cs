using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>The cells of this session, for a front end's arrow keys and its search.</summary>
internal sealed class History
{
    private const int Session = 1;
    private readonly List<Entry> _entries = [];

    private sealed record Entry(int Line, string Input, string? Output);

    public void Add(int line, string input, string? output) => _entries.Add(new(line, input, output));

    public JsonObject Reply(JupyterMessage request)
    {
        var found = request.Text("hist_access_type") switch
        {
            "range" => Range(request),
            "search" => Search(request),
            _ => Last(_entries, request),
        };
        var withOutput = request.Flag("output", absent: false);
        return new() { ["status"] = "ok", ["history"] = new JsonArray([.. found.Select(entry => Told(entry, withOutput))]) };
    }

    private IEnumerable<Entry> Range(JupyterMessage request)
    {
        // 0 is the session that runs; there is no other.
        if (request.Number("session") is not (null or 0 or Session)) return [];
        var start = request.Number("start") ?? 0;
        var stop = request.Number("stop") ?? int.MaxValue;
        return _entries.Where(entry => entry.Line >= start && entry.Line < stop);
    }

    private IEnumerable<Entry> Search(JupyterMessage request)
    {
        var pattern = Regex.Escape(request.Text("pattern") ?? "*").Replace(@"\*", ".*").Replace(@"\?", ".");
        var found = _entries.Where(entry => Regex.IsMatch(entry.Input, $"^(?:{pattern})$", RegexOptions.Singleline | RegexOptions.NonBacktracking));
        if (request.Flag("unique", absent: false)) found = found.Reverse().DistinctBy(entry => entry.Input).Reverse();
        return Last(found, request);
    }

    private static IEnumerable<Entry> Last(IEnumerable<Entry> entries, JupyterMessage request) =>
        request.Number("n") is { } count and > 0 ? entries.TakeLast(count) : entries;

    private static JsonArray Told(Entry entry, bool withOutput) =>
        withOutput ? new(Session, entry.Line, new JsonArray(entry.Input, entry.Output)) : new(Session, entry.Line, entry.Input);
}
