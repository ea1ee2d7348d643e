using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

// What a cell can call without a name before it: `display`, `HTML`, `GetInputAsync`...
public abstract partial class Kernel
{
    /// <summary>Shows a value; the result can be updated in place, from any thread and at any later time.</summary>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => DisplayExtensions.Display(value!, mimeTypes);

    public static IHtmlContent HTML(string content) => new HtmlString(content);

    public static void CSS(string content) => display(new HtmlString($"<style>{content}</style>"), HtmlFormatter.MimeType);

    public static void Javascript(string scriptContent) => display(new HtmlString($"<script>{scriptContent}</script>"), HtmlFormatter.MimeType);

    public static async Task<string> GetInputAsync(string prompt = "", string typeHint = "text")
    {
        var root = Root ?? throw new InvalidOperationException("Input can only be asked for while a cell runs.");
        var result = await root.SendAsync(new RequestInput(prompt, typeHint));
        return result.Failure is { } failure
            ? throw new InvalidOperationException(failure.Exception is CommandNotSupportedException or NoSuitableKernelException
                ? "This notebook runs where nobody can be asked for input." : failure.Message, failure.Exception)
            : result.Events.OfType<InputProduced>().LastOrDefault()?.Value ?? throw new InvalidOperationException("No input was given.");
    }

    public static async Task<PasswordString> GetPasswordAsync(string prompt = "") => new(await GetInputAsync(prompt, "password"));
}
