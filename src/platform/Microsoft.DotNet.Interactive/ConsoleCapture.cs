using System.Text;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Turns what is written to the console into events of the command that writes it, on whatever thread.</summary>
internal sealed class ConsoleCapture : TextWriter
{
    private static readonly Lock Gate = new();
    private static ConsoleCapture? installedOut, installedError;

    // What the console gives back when it has been given the above.
    private static TextWriter? capturedOut, capturedError;

    private readonly TextWriter console;
    private readonly Func<KernelCommand, FormattedValue[], KernelEvent> toEvent;

    private ConsoleCapture(TextWriter console, Func<KernelCommand, FormattedValue[], KernelEvent> toEvent)
    {
        this.console = console;
        this.toEvent = toEvent;
        CoreNewLine = ['\n'];
    }

    /// <summary>The console's own error stream, captured or not.</summary>
    public static TextWriter Error => installedError?.console ?? Console.Error;

    public override Encoding Encoding => console.Encoding;

    /// <summary>Captures from now on, also where a cell has put another writer in its place.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            installedOut ??= new ConsoleCapture(Console.Out, (command, text) => new StandardOutputValueProduced(command, text));
            installedError ??= new ConsoleCapture(Console.Error, (command, text) => new StandardErrorValueProduced(command, text));
            if (Console.Out != capturedOut)
            {
                Console.SetOut(installedOut);
                capturedOut = Console.Out;
            }

            if (Console.Error != capturedError)
            {
                Console.SetError(installedError);
                capturedError = Console.Error;
            }
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        // An observer that prints does not print into the cell: it would observe that too, for ever.
        if (KernelInvocationContext.Current is not { } context || EventStream.IsObserving)
        {
            console.Write(value);
            return;
        }

        context.ThrowIfInterrupted();
        context.Publish(toEvent(context.Command, [new FormattedValue(PlainTextFormatter.MimeType, value)]));
    }

    public override void WriteLine() => Write("\n");

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(string.Concat(buffer, "\n"));

    public override void WriteLine(char[] buffer, int index, int count) => Write(new string(buffer, index, count) + "\n");

    // A line is one event, whatever is in it.
    public override void WriteLine(char[]? buffer) => WriteLine(new string(buffer));

    public override void WriteLine(char value) => Write(value + "\n");

    public override void WriteLine(bool value) => WriteLine(value.ToString());

    public override void WriteLine(int value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(uint value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(long value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(ulong value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(float value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(double value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(decimal value) => WriteLine(value.ToString(FormatProvider));

    public override void Flush()
    {
        if (KernelInvocationContext.Current is null) console.Flush();
    }
}
