using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Directives;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Tells another process which directives there are, by name and kind: what they do stays here.</summary>
internal sealed class KernelDirectiveConverter : JsonConverter<KernelDirective>
{
    public override KernelDirective Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var values = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("A directive is an object.");
        var name = (string?)values["name"] ?? throw new JsonException("A directive has a name.");
        return (string?)values["kernelName"] is { } kernel ? new KernelSpecifierDirective(name, kernel) : new KernelActionDirective(name, (string?)values["description"]);
    }

    public override void Write(Utf8JsonWriter writer, KernelDirective value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        writer.WriteString("kind", value is KernelSpecifierDirective ? "kernelSpecifier" : "action");
        if (value is KernelSpecifierDirective specifier) writer.WriteString("kernelName", specifier.KernelName);
        if (value.Description is { } description) writer.WriteString("description", description);
        writer.WriteEndObject();
    }

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(KernelDirective));
}
