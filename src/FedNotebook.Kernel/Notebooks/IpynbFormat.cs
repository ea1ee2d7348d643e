using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>Reads .ipynb, by way of .NET Interactive's documents.</summary>
internal static class IpynbFormat
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1000 };

    private static readonly JsonSerializerOptions Writing = new() { MaxDepth = 1000 };

    /// <exception cref="FormatException">It is not a notebook.</exception>
    public static Notebook Parse(string json)
    {
        var pictures = new Dictionary<int, JsonObject>();
        var document = Microsoft.DotNet.Interactive.Documents.Jupyter.Notebook.Parse(WithoutOutputs(json, pictures));
        return new(document, pictures.ToDictionary(picture => document.Elements[picture.Key], picture => picture.Value));
    }

    /// <summary>
    /// A notebook that runs needs no old outputs, and runs whatever is wrong with them. Attachments are taken on the way: documents have no place
    /// for them that can be read.
    /// </summary>
    private static string WithoutOutputs(string json, Dictionary<int, JsonObject> attachments)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: Reading) is not JsonObject root || root["cells"] is not JsonArray cells) return json;
            foreach (var (index, cell) in cells.Index())
            {
                if (cell is not JsonObject fields) continue;
                fields.Remove("outputs");
                fields.Remove("execution_count");
                if (fields["attachments"] is JsonObject pictures) attachments[index] = pictures;
            }

            return root.ToJsonString(Writing);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            attachments.Clear();
            return json; // What is wrong with it is said where it is read.
        }
    }
}
