using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Documents;
using OutputList = System.Collections.Generic.List<Microsoft.DotNet.Interactive.Documents.InteractiveDocumentOutputElement>;

namespace FedNotebook.Kernel.Outputs;

/// <summary>
/// Gathers the outputs of a notebook's cells: text of a stream that follows its own kind is one output, an update changes the
/// display that it belongs to, wherever that is. Any thread may add.
/// </summary>
internal sealed class CellOutputs
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DisplayElement>> _displays = [];
    private readonly HashSet<OutputList> _toClear = [];
    private readonly Dictionary<OutputList, int> _textOf = [];
    private readonly HashSet<(OutputList Cell, string What)> _noted = [];

    // The text of the cells whose last output is a stream, which may go on.
    private readonly Dictionary<OutputList, StringBuilder> _streams = [];

    /// <summary>A cell may print without end; a notebook is read by people.</summary>
    public const int MostText = 5_000_000, MostDisplays = 5_000;

    /// <param name="cell">The outputs of the cell.</param>
    /// <param name="executionCount">The cell's number in the order of execution.</param>
    /// <param name="output">What it puts out.</param>
    public void Add(OutputList cell, int executionCount, CellOutput output)
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

                    var shown = new DisplayElement(ByMimeType(display.Data));
                    Append(cell, shown);
                    if (display.DisplayId is { } id) DisplaysOf(id).Add(shown);
                    break;
                case CellOutput.Update update:
                    foreach (var updated in DisplaysOf(update.DisplayId)) Fill(updated.Data, update.Data);
                    break;
                case CellOutput.Result result:
                    var returned = new ReturnValueElement { ExecutionOrder = executionCount };
                    Fill(returned.Data, result.Data);
                    Append(cell, returned);
                    break;
                case CellOutput.Error error:
                    Append(cell, new ErrorElement(error.Message, error.Name, [.. error.Traceback]));
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
            foreach (var cell in _streams.Keys) Settle(cell);
            read();
        }
    }

    private void Clear(OutputList cell)
    {
        _streams.Remove(cell);
        cell.Clear();
        _textOf.Remove(cell);
        _noted.RemoveWhere(note => ReferenceEquals(note.Cell, cell));
    }

    private void AddStream(OutputList cell, CellOutput.Stream stream)
    {
        var length = _textOf.GetValueOrDefault(cell);
        if (length > MostText) return;
        _textOf[cell] = length + stream.Text.Length;
        if (length + stream.Text.Length > MostText)
        {
            Print(cell, stream with { Text = stream.Text[..(MostText - length)] });
            LeaveOut(cell, $"{MostText:N0} characters");
            return;
        }

        if (cell.Count < MostDisplays) Print(cell, stream);
        else LeaveOut(cell, $"{MostDisplays:N0} outputs");
    }

    /// <summary>Says once that the cell put out more than is kept.</summary>
    private void LeaveOut(OutputList cell, string what)
    {
        if (_noted.Add((cell, what))) Print(cell, new("stderr", $"\nThis cell put out more than {what}; the rest was left out.\n"));
    }

    private void Print(OutputList cell, CellOutput.Stream stream)
    {
        if (!_streams.ContainsKey(cell) || ((TextElement)cell[^1]).Name != stream.Name)
        {
            Append(cell, new TextElement("", stream.Name));
            _streams[cell] = new();
        }

        _streams[cell].Append(stream.Text);
    }

    private void Append(OutputList cell, InteractiveDocumentOutputElement output)
    {
        if (_streams.ContainsKey(cell)) Settle(cell);
        _streams.Remove(cell);
        cell.Add(output);
    }

    // The text of an output is given once and for all: text that has grown is another output.
    private void Settle(OutputList cell) => cell[^1] = new TextElement(_streams[cell].ToString(), ((TextElement)cell[^1]).Name);

    private static Dictionary<string, object> ByMimeType(JsonObject data)
    {
        var values = new Dictionary<string, object>();
        Fill(values, data);
        return values;
    }

    private static void Fill(IDictionary<string, object> values, JsonObject data)
    {
        values.Clear();
        foreach (var (mimeType, value) in data) values[mimeType] = value is JsonValue text && text.TryGetValue<string>(out var content) ? (object)content : value!;
    }

    private List<DisplayElement> DisplaysOf(string id)
    {
        if (!_displays.TryGetValue(id, out var displays)) _displays[id] = displays = [];
        return displays;
    }
}
