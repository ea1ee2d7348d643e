using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>What shows the notebook.</summary>
public abstract class FrontendEnvironment
{
    /// <summary>Runs JavaScript in the page that shows the notebook. Here: as a script in the output of the cell.</summary>
    /// <param name="code">The JavaScript.</param>
    /// <param name="context">The command whose output is shown.</param>
    public virtual Task ExecuteClientScript(string code, KernelInvocationContext context)
    {
        KernelInvocationContextExtensions.DisplayAs(context, new ScriptContent(code).ToString(), HtmlFormatter.MimeType);
        return Task.CompletedTask;
    }
}
