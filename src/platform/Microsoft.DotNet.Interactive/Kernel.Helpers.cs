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

    public static void Javascript(string scriptContent) => display(new ScriptContent(scriptContent), HtmlFormatter.MimeType);

    /// <summary>Asks whoever runs the notebook for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked, or nobody answered.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") => AskAsync(new RequestInput(prompt, typeHint));

    /// <summary>Asks for several values; the answers carry the names of the questions.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked, or nobody answered.</exception>
    public static async Task<IDictionary<string, string>> GetInputsAsync(IEnumerable<InputDescription> inputDescriptions)
    {
        var request = new RequestInputs { Inputs = [.. inputDescriptions] };
        if (Root?.FindKernels(k => k.SupportsCommandType(typeof(RequestInputs))).Any() == true)
            return (await AskAsync<InputsProduced>(request)).Values;
        // A front end that asks one question at a time.
        var answers = new Dictionary<string, string>();
        foreach (var input in request.Inputs)
            answers[input.Name] = await AskAsync(new RequestInput(input.Prompt, input.TypeHint) { ParameterName = input.Name, SaveAs = input.SaveAs });
        return answers;
    }

    public static async Task<PasswordString> GetPasswordAsync(string prompt = "") => new(await GetInputAsync(prompt, "password"));

    internal static async Task<string> AskAsync(RequestInput request) => (await AskAsync<InputProduced>(request)).Value;

    private static async Task<TAnswer> AskAsync<TAnswer>(KernelCommand request)
        where TAnswer : KernelEvent
    {
        var root = Root ?? throw new InvalidOperationException("Input can only be asked for while a cell runs.");
        var result = await root.SendAsync(request);
        if (result.Failure is { } failure)
            throw new InvalidOperationException(failure.Exception is CommandNotSupportedException or NoSuitableKernelException
                ? "This notebook runs where nobody can be asked for input." : failure.Message, failure.Exception);
        return result.Events.OfType<TAnswer>().LastOrDefault() ?? throw new InvalidOperationException("No input was given.");
    }
}
