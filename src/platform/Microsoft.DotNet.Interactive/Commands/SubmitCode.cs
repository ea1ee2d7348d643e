namespace Microsoft.DotNet.Interactive.Commands;

public class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string Code { get; } = code ?? throw new ArgumentNullException(nameof(code));

    public IDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether directives have been taken out already.</summary>
    internal bool IsPart { get; init; }

    /// <summary>How many lines of the cell stand before this part of it.</summary>
    internal int LinesAbove { get; init; }

    public override string ToString() => $"SubmitCode: {Code.ReplaceLineEndings(" ")}";
}
