using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Kernel.Outputs;

/// <summary>Which events of a kernel are outputs of a cell, and what they put out.</summary>
internal static class OutputsOf
{
    // What a terminal obeys by clearing its screen.
    private static readonly string[] ClearScreen = ["\x1b[2J", "\x1b[3J", "\x1b[H\x1b[J", "\x1bc"];

    public static IEnumerable<CellOutput> Event(KernelEvent kernelEvent)
    {
        switch (kernelEvent)
        {
            case StandardOutputValueProduced output:
                return Stream("stdout", Text(output));
            case StandardErrorValueProduced output:
                return Stream("stderr", Text(output));
            case ErrorProduced error:
                return Stream("stderr", error.Message.TrimEnd() + "\n");
            case ReturnValueProduced result:
                return MimeBundle.Of(result.Value, result.FormattedValues) is { Count: > 0 } data ? [new CellOutput.Result(data)] : [];
            case DisplayedValueUpdated { ValueId: { } id } update:
                return [new CellOutput.Update(MimeBundle.Of(update.Value, update.FormattedValues), id)];
            case DisplayedValueProduced display:
                return MimeBundle.Of(display.Value, display.FormattedValues) is { Count: > 0 } shown
                    ? [new CellOutput.Display(shown, display.ValueId)] : [];
            default:
                return [];
        }
    }

    private static string Text(DisplayEvent output) =>
        string.Concat(output.FormattedValues.Where(value => value.MimeType == MimeBundle.PlainText).Select(value => value.Value));

    private static IEnumerable<CellOutput> Stream(string name, string text)
    {
        var rest = text;
        foreach (var sequence in ClearScreen)
        {
            var last = rest.LastIndexOf(sequence, StringComparison.Ordinal);
            if (last >= 0) rest = rest[(last + sequence.Length)..];
        }

        // With something to show at once, what was there stays until that is: nothing flickers.
        if (rest.Length < text.Length) yield return new CellOutput.Clear(Wait: rest.Length > 0);
        if (rest.Length > 0) yield return new CellOutput.Stream(name, rest);
    }
}
