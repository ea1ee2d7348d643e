namespace Microsoft.DotNet.Interactive.Commands;

public class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string Code { get; } = code ?? throw new ArgumentNullException(nameof(code));

    public IDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether directives have been taken out already.</summary>
    internal bool IsPart { get; init; }

    public override string ToString() => $"SubmitCode: {Code.ReplaceLineEndings(" ")}";
}
