using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>Makes the command of a directive from the values it was given.</summary>
internal sealed class DirectiveBinder(Kernel kernel)
{
    public async Task<KernelCommand> BindAsync(DirectiveLine line, string? targetKernelName)
    {
        var json = await ReadValuesAsync(line);
        json["invokedDirective"] = line.InvokedDirective;
        json["targetKernelName"] = targetKernelName;
        var command = Deserialize(line, json);
        if (command is KernelDirectiveCommand directive && kernel.RootKernel is CompositeKernel root)
        {
            Diagnostic[] errors = [.. directive.GetValidationErrors(root).SelectMany(error => line.Error("DNI211", error).Diagnostics)];
            if (errors.Length > 0) throw new DirectiveException(errors);
        }

        return command;
    }

    /// <summary>The parameters of a line that chooses a kernel, by their names as they are written.</summary>
    public async Task<Dictionary<string, string>> BindParametersAsync(DirectiveLine line)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var parameter in line.Values.Keys)
        {
            var value = await ReadValueAsync(line, parameter);
            parameters[parameter.Name] = value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString() ?? "";
        }

        return parameters;
    }

    private async Task<JsonObject> ReadValuesAsync(DirectiveLine line)
    {
        var json = new JsonObject();
        foreach (var parameter in line.Directive.Parameters)
        {
            if (line.Values.ContainsKey(parameter)) json[JsonNames.FromParameterName(parameter.Name)] = await ReadValueAsync(line, parameter);
            else if (parameter.Flag) json[JsonNames.FromParameterName(parameter.Name)] = false;
        }

        return json;
    }

    // A parameter that occurs several times is an array.
    private async Task<JsonNode?> ReadValueAsync(DirectiveLine line, KernelDirectiveParameter parameter)
    {
        var values = new List<JsonNode?>();
        foreach (var token in line.Values[parameter]) values.Add(parameter.Flag ? true : await ReadAsync(line, parameter, token));
        return values.Count == 1 ? values[0] : new JsonArray([.. values]);
    }

    private static KernelCommand Deserialize(DirectiveLine line, JsonObject json)
    {
        try
        {
            return (KernelCommand)json.Deserialize(line.Action!.KernelCommandType!, Serializer.JsonSerializerOptions)!;
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
        if (parameter.KeepsReference) return token.Text;
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
        var reference = ValueReference.Read(token.Text);
        if (reference.IsInput) return await reference.AskAsync(parameter.Name.TrimStart('-'), parameter.TypeHint);
        var (from, name) = (reference.Kernel ?? kernel.Name, reference.Name);
        var result = await kernel.RootKernel.AskQuietlyAsync(new RequestValue(name, targetKernelName: kernel.RootKernel.FindKernelByName(from) is CompositeKernel ? null : from));
        return result.Events.OfType<ValueProduced>().FirstOrDefault() is { } produced
            ? produced.FormattedValue.MimeType == Formatting.JsonFormatter.MimeType ? JsonNode.Parse(produced.FormattedValue.Value) : produced.FormattedValue.Value
            : throw line.Error("DNI106", result.Failure is { } failure ? SharedValues.Describe(failure) : $"There is no value '{name}'.", token);
    }
}
