using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>The part of a request for diagnostics that is about directives: it has its answer already.</summary>
internal sealed class DiagnosedDirectives(IReadOnlyList<Diagnostic> diagnostics) : KernelCommand
{
    public override Task InvokeAsync(KernelInvocationContext context)
    {
        context.Publish(DiagnosticsProduced.Of(diagnostics, this));
        return Task.CompletedTask;
    }
}
