using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Magic;

/// <summary>The C# statement that a magic command stands for.</summary>
/// <param name="Expression">What is computed.</param>
/// <param name="Variable">The variable that the statement declares for the result; null: none.</param>
/// <param name="Remark">What else there is to say about it.</param>
internal sealed record Statement(string Expression, string? Variable = null, string? Remark = null)
{
    /// <summary>The statement, as it can be typed into a cell.</summary>
    public string Code => Variable is null ? Expression : $"var {Variable} = {Expression};";

    /// <summary>Runs the statement: its result is shown and has its variable, and below it stands the statement itself.</summary>
    /// <remarks>
    /// A cell that declares a variable declares it even when it fails: the variable that had the name before would be gone. So the
    /// expression runs first, and only its result is given a name.
    /// </remarks>
    /// <exception cref="MagicException">It cannot be compiled, or ended with an exception. No variable is changed.</exception>
    internal async Task RunAsync(CSharpKernel kernel, KernelInvocationContext context)
    {
        var result = (await SendAsync(kernel, Expression)).OfType<ReturnValueProduced>().Last().Value;
        if (Variable is not null)
        {
            var ticket = MagicResult.Keep(result);
            try
            {
                await SendAsync(kernel, $"var {Variable} = global::{typeof(MagicResult).FullName}.{nameof(MagicResult.Of)}({ticket}, () => {Expression});");
            }
            finally
            {
                MagicResult.Drop(ticket);
            }
        }

        KernelInvocationContextExtensions.Display(context, this);
    }

    private async Task<IReadOnlyList<KernelEvent>> SendAsync(CSharpKernel kernel, string code)
    {
        var events = (await kernel.SendAsync(new SubmitCode(code, kernel.Name))).Events;
        return events.OfType<CommandFailed>().FirstOrDefault() switch
        {
            null => events,
            { Exception: OperationCanceledException or null } failed => throw new MagicException(failed.Message),
            { Exception: CodeSubmissionCompilationErrorException } failed => throw new MagicException($"{Code} cannot be compiled here: {failed.Message}"),
            { Exception: var exception } => throw new MagicException(exception),
        };
    }
}
