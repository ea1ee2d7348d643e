using Microsoft.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>A directive that cannot be run as it was written.</summary>
internal sealed class DirectiveException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join('\n', diagnostics))
{
    public DirectiveException(string code, string message, int line, int column, int length = 1)
        : this([new Diagnostic(new LinePositionSpan(new LinePosition(line, column), new LinePosition(line, column + length)), DiagnosticSeverity.Error, code, message)])
    {
    }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
