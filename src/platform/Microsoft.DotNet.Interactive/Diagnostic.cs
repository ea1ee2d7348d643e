using Microsoft.CodeAnalysis;

namespace Microsoft.DotNet.Interactive;

public class Diagnostic(LinePositionSpan linePositionSpan, DiagnosticSeverity severity, string code, string message)
{
    public LinePositionSpan LinePositionSpan { get; } = linePositionSpan;

    public DiagnosticSeverity Severity { get; } = severity;

    public string Code { get; } = code;

    public string Message { get; } = message;

    public Diagnostic WithLinePositionSpan(LinePositionSpan linePositionSpan) => new(linePositionSpan, Severity, Code, Message);

    public static Diagnostic FromCodeAnalysisDiagnostic(Microsoft.CodeAnalysis.Diagnostic diagnostic) => new(
        LinePositionSpan.FromCodeAnalysisLinePositionSpan(diagnostic.Location.GetLineSpan().Span),
        diagnostic.Severity, diagnostic.Id, diagnostic.GetMessage());

    public override string ToString() =>
        $"({LinePositionSpan.Start.Line + 1},{LinePositionSpan.Start.Character + 1}): {Severity.ToString().ToLowerInvariant()} {Code}: {Message}";
}
