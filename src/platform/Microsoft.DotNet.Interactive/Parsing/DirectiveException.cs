using Microsoft.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>A directive that cannot be run as it was written.</summary>
internal sealed class DirectiveException(string code, string message, int line, int column, int length = 1) : Exception(message)
{
    public Diagnostic Diagnostic { get; } = new(
        new LinePositionSpan(new LinePosition(line, column), new LinePosition(line, column + length)), DiagnosticSeverity.Error, code, message);
}
