using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace FedNotebook.Magic;

/// <summary><c>#!workers</c>: shows every worker that there is.</summary>
internal sealed class WorkersMagic : KernelDirectiveCommand
{
    /// <summary>Every known worker, by id.</summary>
    internal const string All = "sy.local_worker._known_workers";

    internal static KernelActionDirective Directive() => new("#!workers", "Shows every worker that there is, and what it holds.");

    internal IEnumerable<Statement> Statements(Variables variables) => [new Statement(All)];
}
