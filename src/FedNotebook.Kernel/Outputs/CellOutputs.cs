using System.Text;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Outputs;

/// <summary>
/// Gathers the outputs of a notebook's cells as nbformat keeps them: text of a stream that follows its own kind is one output, an update changes the
/// display that it belongs to, wherever that is. Any thread may add.
/// </summary>
internal sealed class CellOutputs
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<JsonObject>> _displays = [];
    private readonly Dictionary<JsonObject, StringBuilder> _streams = [];
    private readonly HashSet<List<JsonObject>> _toClear = [];
    private readonly Dictionary<List<JsonObject>, int> _textOf = [];
    private readonly HashSet<(List<JsonObject> Cell, string What)> _noted = [];

    /// <summary>A cell may print without end; a notebook is read by people.</summary>
    public const int MostText = 5_000_000, MostDisplays = 5_000;

    /// <param name="cell">The outputs of the cell.</param>
    /// <param name="executionCount">The cell's number in the order of execution.</param>
    /// <param name="output">What it puts out.</param>
    public void Add(List<JsonObject> cell, int executionCount, CellOutput output)
    {
        lock (_lock)
        {
            if (output is not (CellOutput.Clear or CellOutput.Update) && _toClear.Remove(cell)) Clear(cell);
            switch (output)
            {
                case CellOutput.Stream stream:
                    AddStream(cell, stream);
                    break;
                case CellOutput.Display display:
                    if (cell.Count >= MostDisplays)
                    {
                        LeaveOut(cell, $"{MostDisplays:N0} outputs");
                        break;
                    }

                    var shown = new JsonObject
                    {
                        ["output_type"] = "display_data", ["data"] = display.Data.DeepClone(), ["metadata"] = new JsonObject(),
                    };
                    cell.Add(shown);
                    if (display.DisplayId is { } id) DisplaysOf(id).Add(shown);
                    break;
                case CellOutput.Update update:
                    foreach (var updated in DisplaysOf(update.DisplayId)) updated["data"] = update.Data.DeepClone();
                    break;
                case CellOutput.Result result:
                    cell.Add(new()
                    {
                        ["output_type"] = "execute_result", ["data"] = result.Data.DeepClone(),
                        ["execution_count"] = executionCount, ["metadata"] = new JsonObject(),
                    });
                    break;
                case CellOutput.Error error:
                    cell.Add(new()
                    {
                        ["output_type"] = "error", ["ename"] = error.Name, ["evalue"] = error.Message,
                        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
                    });
                    break;
                case CellOutput.Clear { Wait: true }:
                    _toClear.Add(cell);
                    break;
                case CellOutput.Clear:
                    Clear(cell);
                    break;
            }
        }
    }

    /// <summary>Does what is given while nothing is added, so that a notebook can be written.</summary>
    public void WhileStill(Action read)
    {
        lock (_lock)
        {
            foreach (var (output, text) in _streams) output["text"] = text.ToString();
            read();
        }
    }

    private void Clear(List<JsonObject> cell)
    {
        foreach (var output in cell) _streams.Remove(output);
        cell.Clear();
        _textOf.Remove(cell);
        _noted.RemoveWhere(note => ReferenceEquals(note.Cell, cell));
    }

    private void AddStream(List<JsonObject> cell, CellOutput.Stream stream)
    {
        var length = _textOf.GetValueOrDefault(cell);
        if (length > MostText) return;
        _textOf[cell] = length + stream.Text.Length;
        if (length + stream.Text.Length > MostText)
        {
            Append(cell, stream with { Text = stream.Text[..(MostText - length)] });
            LeaveOut(cell, $"{MostText:N0} characters");
            return;
        }

        if (cell.Count < MostDisplays) Append(cell, stream);
        else LeaveOut(cell, $"{MostDisplays:N0} outputs");
    }

    /// <summary>Says once that the cell put out more than is kept.</summary>
    private void LeaveOut(List<JsonObject> cell, string what)
    {
        if (_noted.Add((cell, what))) Append(cell, new("stderr", $"\nThis cell put out more than {what}; the rest was left out.\n"));
    }

    private void Append(List<JsonObject> cell, CellOutput.Stream stream)
    {
        if (cell.LastOrDefault() is not { } last || !_streams.TryGetValue(last, out var text) || last["name"]!.GetValue<string>() != stream.Name)
        {
            last = new() { ["output_type"] = "stream", ["name"] = stream.Name, ["text"] = "" };
            cell.Add(last);
            _streams[last] = text = new();
        }

        text.Append(stream.Text);
    }

    private List<JsonObject> DisplaysOf(string id)
    {
        if (!_displays.TryGetValue(id, out var displays)) _displays[id] = displays = [];
        return displays;
    }
}
