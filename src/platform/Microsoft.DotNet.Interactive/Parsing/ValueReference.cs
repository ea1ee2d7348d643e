using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>Where the value of a parameter is to be had: `@name`, `@kernel:name`, `@input`, `@password`, `@input:{"prompt": ...}`.</summary>
internal sealed record ValueReference(string? Kernel, string Name, bool IsInput, bool IsPassword, string? Prompt, string? TypeHint)
{
    public static ValueReference Read(string text)
    {
        var (source, rest) = text[1..].Split(':', 2) switch { [var a, var b] => (a, b), [var a, ..] => (a, ""), _ => ("", "") };
        if (source is not ("input" or "password")) return rest.Length == 0 ? new(null, source, false, false, null, null) : new(source, rest, false, false, null, null);
        rest = rest.Trim('"');
        var (prompt, hint) = rest.StartsWith('{') ? FromJson(rest) : (rest.Length > 0 ? rest : null, null);
        return new(null, "", true, source == "password" || hint == "password", prompt, hint);
    }

    /// <summary>Asks whoever runs the notebook.</summary>
    /// <param name="parameter">What is asked for, where the reference does not say it.</param>
    /// <param name="typeHint">What kind of value is expected, where the reference does not say it.</param>
    public Task<string> AskAsync(string parameter, string typeHint) =>
        Interactive.Kernel.AskAsync(new Commands.RequestInput(Prompt ?? $"Please enter a value for {parameter}.", IsPassword ? "password" : TypeHint ?? typeHint) { ParameterName = parameter });

    private static (string? Prompt, string? TypeHint) FromJson(string json)
    {
        try
        {
            var fields = JsonNode.Parse(json);
            return ((string?)fields?["prompt"], (string?)(fields?["type"] ?? fields?["typeHint"]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }
}
