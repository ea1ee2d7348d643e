using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>Makes the command of a directive from the values it was given.</summary>
internal sealed class DirectiveBinder(Kernel kernel)
{
    public async Task<KernelCommand> BindAsync(DirectiveLine line, string? targetKernelName)
    {
        var json = new JsonObject { ["invokedDirective"] = line.InvokedDirective, ["targetKernelName"] = targetKernelName };
        foreach (var parameter in line.Directive.Parameters)
        {
            if (!line.Values.TryGetValue(parameter, out var tokens))
            {
                if (parameter.Flag) json[JsonNames.FromParameterName(parameter.Name)] = false;
                continue;
            }

            var values = new List<JsonNode?>();
            foreach (var token in tokens) values.Add(parameter.Flag ? true : await ReadAsync(line, parameter, token));
            json[JsonNames.FromParameterName(parameter.Name)] = values.Count == 1 ? values[0] : new JsonArray([.. values]);
        }

        var command = Deserialize(line, json);
        if (command is KernelDirectiveCommand directive && kernel.RootKernel is CompositeKernel root)
            foreach (var error in directive.GetValidationErrors(root)) throw line.Error("DNI211", error);
        return command;
    }

    private static KernelCommand Deserialize(DirectiveLine line, JsonObject json)
    {
        try
        {
            return (KernelCommand)json.Deserialize(line.Directive.KernelCommandType!, Serializer.JsonSerializerOptions)!;
        }
        catch (JsonException e)
        {
            // The path names the property: `$.batchSize`.
            var parameter = line.Directive.Parameters.FirstOrDefault(p => (e.Path ?? "").StartsWith("$." + JsonNames.FromParameterName(p.Name), StringComparison.OrdinalIgnoreCase));
            if (parameter is null) throw line.Error("DNI108", $"{line.InvokedDirective} could not be read: {e.Message}");
            var value = line.Values.TryGetValue(parameter, out var tokens) ? string.Join(' ', tokens.Select(t => t.Text)) : "";
            throw line.Error("DNI106", $"The value '{value}' of '{parameter.Name}' is not of the type that {line.InvokedDirective} expects.", tokens?[0]);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw line.Error("DNI108", $"{line.InvokedDirective} could not be read: {e.Message}");
        }
    }

    private async Task<JsonNode?> ReadAsync(DirectiveLine line, KernelDirectiveParameter parameter, DirectiveToken token)
    {
        if (token.Text.StartsWith('@') && token.Text.Length > 1 && !token.IsQuoted) return await AskAsync(line, parameter, token);
        if (token.IsQuoted || token.Text[0] is not ('{' or '[')) return token.Text.Contains('\\') && token.IsQuoted ? Unescape(token.Text) : token.Text;
        try
        {
            return JsonNode.Parse(token.Text);
        }
        catch (JsonException e)
        {
            throw line.Error("DNI106", $"Invalid JSON after '{parameter.Name}': {e.Message}", token);
        }
    }

    private static string Unescape(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string>($"\"{text}\"")!;
        }
        catch (JsonException)
        {
            return text; // As `"C:\data"`.
        }
    }

    private async Task<JsonNode?> AskAsync(DirectiveLine line, KernelDirectiveParameter parameter, DirectiveToken token)
    {
        var (source, rest) = token.Text[1..].Split(':', 2) switch { [var a, var b] => (a, b), [var a, ..] => (a, ""), _ => ("", "") };
        if (source is "input" or "password")
        {
            var prompt = rest.Length == 0 || rest[0] == '{' ? PromptOf(rest) ?? $"Please enter a value for {parameter.Name}." : rest;
            return source == "password" ? (await Kernel.GetPasswordAsync(prompt)).GetClearTextPassword() : await Kernel.GetInputAsync(prompt, parameter.TypeHint);
        }

        var (from, name) = rest.Length == 0 ? (kernel.Name, source) : (source, rest);
        var result = await kernel.RootKernel.SendAsync(new RequestValue(name, targetKernelName: kernel.RootKernel.FindKernelByName(from) is CompositeKernel ? null : from));
        return result.Events.OfType<ValueProduced>().FirstOrDefault() is { } produced
            ? JsonNode.Parse(produced.FormattedValue.Value)
            : throw line.Error("DNI106", result.Failure?.Message ?? $"There is no value '{name}'.", token);
    }

    private static string? PromptOf(string json)
    {
        try
        {
            return json.Length == 0 ? null : (string?)JsonNode.Parse(json)?["prompt"];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
