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

    /// <param name="cell">The outputs of the cell.</param>
    /// <param name="executionCount">The cell's number in the order of execution.</param>
    /// <param name="output">What it puts out.</param>
    public void Add(List<JsonObject> cell, int executionCount, CellOutput output)
    {
        lock (_lock)
        {
            if (output is not (CellOutput.Clear or CellOutput.Update) && _toClear.Remove(cell)) cell.Clear();
            switch (output)
            {
                case CellOutput.Stream stream:
                    AddStream(cell, stream);
                    break;
                case CellOutput.Display display:
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
                    cell.Clear();
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

    private void AddStream(List<JsonObject> cell, CellOutput.Stream stream)
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
