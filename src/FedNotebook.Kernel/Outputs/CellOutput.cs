using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Outputs;

/// <summary>Something that a cell puts out while it runs: the same for a front end that listens and for a notebook that is written.</summary>
internal abstract record CellOutput
{
    private CellOutput()
    {
    }

    /// <param name="Name">stdout or stderr.</param>
    /// <param name="Text">The text as it came, in pieces of any size.</param>
    public sealed record Stream(string Name, string Text) : CellOutput;

    /// <param name="Data">The value by MIME type.</param>
    /// <param name="DisplayId">By which an update finds it.</param>
    public sealed record Display(JsonObject Data, string? DisplayId) : CellOutput;

    /// <param name="Data">What a display shows from now on, by MIME type.</param>
    /// <param name="DisplayId">The display's id.</param>
    public sealed record Update(JsonObject Data, string DisplayId) : CellOutput;

    /// <param name="Data">The value of the cell's last expression, by MIME type.</param>
    public sealed record Result(JsonObject Data) : CellOutput;

    /// <param name="Wait">Whether to clear only when the next output comes.</param>
    public sealed record Clear(bool Wait) : CellOutput;

    /// <param name="Name">The exception's type.</param>
    /// <param name="Message">What happened, in words.</param>
    /// <param name="Traceback">Both, and where, a line each; coloured for a terminal.</param>
    public sealed record Error(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutput;
}
