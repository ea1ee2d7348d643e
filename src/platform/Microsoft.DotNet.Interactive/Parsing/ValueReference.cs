using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Documents;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>Where the value of a parameter is to be had: `@name`, `@kernel:name`, `@input`, `@password`, `@input:{"prompt": ...}`.</summary>
internal sealed record ValueReference(string? Kernel, string Name, bool IsInput, bool IsPassword, string? Prompt, string? TypeHint, string? SaveAs)
{
    public static ValueReference Read(string text)
    {
        var (source, rest) = text[1..].Split(':', 2) switch { [var a, var b] => (a, b), [var a, ..] => (a, ""), _ => ("", "") };
        if (source is not ("input" or "password")) return new(rest.Length == 0 ? null : source, rest.Length == 0 ? source : rest, false, false, null, null, null);
        rest = rest.Trim('"');
        var (prompt, hint, saveAs) = rest.StartsWith('{') ? FromJson(rest) : (rest.Length > 0 ? rest : null, null, null);
        return new(null, "", true, source == "password" || hint == "password", prompt, hint, saveAs);
    }

    /// <summary>Asks whoever runs the notebook.</summary>
    /// <param name="parameter">What is asked for, where the reference does not say it.</param>
    /// <param name="typeHint">What kind of value is expected, where the reference does not say it.</param>
    public Task<string> AskAsync(string parameter, string typeHint) => Interactive.Kernel.AskAsync(
        new RequestInput(Prompt ?? Question(parameter), IsPassword ? "password" : TypeHint ?? typeHint) { ParameterName = parameter, SaveAs = SaveAs });

    /// <summary>What will be asked, for whoever wants to know before the line runs.</summary>
    public InputField ToInputField(KernelDirectiveParameter parameter)
    {
        var name = parameter.Name.TrimStart('-');
        return new InputField(SaveAs ?? name, IsPassword ? "password" : TypeHint ?? parameter.TypeHint, Prompt ?? Question(name));
    }

    private static string Question(string parameter) => $"Please enter a value for {parameter}.";

    private static (string? Prompt, string? TypeHint, string? SaveAs) FromJson(string json)
    {
        try
        {
            var fields = JsonNode.Parse(json);
            return ((string?)fields?["prompt"], (string?)(fields?["type"] ?? fields?["typeHint"]), (string?)fields?["saveAs"]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null, null);
        }
    }
}
