using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>The cells of this session and of those before it, for a front end's arrow keys and its search.</summary>
internal sealed class History
{
    // What a front end gets that names no number.
    private const int Tail = 10;

    private readonly HistoryFile _file;
    private readonly Task<(int Session, List<HistoryEntry> Entries)> _loading;

    public History(HistoryFile file)
    {
        _file = file;
        _loading = Task.Run(file.Begin);
    }

    public void Add(int line, string input, string? output)
    {
        var (session, entries) = _loading.Result;
        var entry = new HistoryEntry(session, line, input, output);
        lock (entries) entries.Add(entry);
        _file.Append(entry);
    }

    public JsonObject Reply(JupyterMessage request)
    {
        var (session, entries) = _loading.Result;
        HistoryEntry[] all;
        lock (entries) all = [.. entries];
        var found = request.Text("hist_access_type") switch
        {
            "range" => Range(all, session, request),
            "search" => Search(all, request),
            _ => all.TakeLast(Math.Max(0, request.Number("n") ?? Tail)),
        };
        var withOutput = request.Flag("output", absent: false);
        return new() { ["status"] = "ok", ["history"] = new JsonArray([.. found.Select(entry => Told(entry, withOutput))]) };
    }

    private static IEnumerable<HistoryEntry> Range(HistoryEntry[] all, int current, JupyterMessage request)
    {
        // 0 is the session that runs, -1 the one before it.
        var asked = request.Number("session") ?? 0;
        if (asked <= 0) asked += current;
        var start = request.Number("start") ?? 0;
        var stop = request.Number("stop") ?? int.MaxValue;
        return all.Where(entry => entry.Session == asked && entry.Line >= start && entry.Line < stop);
    }

    private static IEnumerable<HistoryEntry> Search(HistoryEntry[] all, JupyterMessage request)
    {
        var pattern = Glob.ToRegex(request.Text("pattern") ?? "*");
        var found = all.Where(entry => pattern.IsMatch(entry.Input));
        if (request.Flag("unique", absent: false)) found = found.Reverse().DistinctBy(entry => entry.Input).Reverse();
        return request.Number("n") is { } count ? found.TakeLast(Math.Max(0, count)) : found;
    }

    private static JsonArray Told(HistoryEntry entry, bool withOutput) =>
        withOutput ? new(entry.Session, entry.Line, new JsonArray(entry.Input, entry.Output)) : new(entry.Session, entry.Line, entry.Input);
}
