using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Runs JavaScript in the page that shows the notebook.</summary>
public partial class JavaScriptKernel : Kernel, IKernelCommandHandler<SubmitCode>, IKernelCommandHandler<SendValue>
{
    public const string DefaultKernelName = "javascript";

    private readonly KernelClientBase? client;

    /// <param name="client">The kernel in the page, where there is one; else code goes to the page as a script.</param>
    public JavaScriptKernel(KernelClientBase? client = null)
        : base(DefaultKernelName, "JavaScript", "ESNext")
    {
        this.client = client;
        KernelInfo.DisplayName = "JavaScript";
    }

    /// <summary>Makes a value a property of the page's `window`: every later cell sees it under its name.</summary>
    public Task HandleAsync(SendValue command, KernelInvocationContext context)
    {
        if (!Identifier().IsMatch(command.Name))
        {
            context.Fail(command, message: $"'{command.Name}' is not a name that JavaScript allows for a variable.");
            return Task.CompletedTask;
        }

        if (client is not null) return client.SendAsync(command);
        var json = command.FormattedValue is { MimeType: JsonFormatter.MimeType } given ? given.Value : (command.Value ?? command.FormattedValue?.Value).ToDisplayString(JsonFormatter.MimeType);
        Run($"window[\"{command.Name}\"] = {json};", context);
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        if (client is not null) return client.SendAsync(command);
        Run(command.Code, context);
        return Task.CompletedTask;
    }

    /// <summary>What it does not handle itself goes to the kernel in the page, where there is one.</summary>
    protected override Func<TCommand, KernelInvocationContext, Task>? CreateDefaultHandlerForCommandType<TCommand>() =>
        client is null ? null : (command, _) => client.SendAsync(command);

    private static void Run(string script, KernelInvocationContext context) =>
        KernelInvocationContextExtensions.DisplayAs(context, new ScriptContent(script).ToString(), HtmlFormatter.MimeType);

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{N}_$]*$")]
    private static partial Regex Identifier();
}
