using System.Text.Json.Nodes;
using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Sessions;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>The comm target <c>fednb.variables</c>: whatever is sent to it, it answers with the variables that the cells have declared.</summary>
internal static class VariablesTarget
{
    public const string Name = "fednb.variables";

    public static async Task<JsonObject?> AnswerAsync(NotebookSession session)
    {
        var produced = await session.AskAsync<ValueInfosProduced>(new RequestValueInfos(mimeType: MimeBundle.PlainText));
        var variables = (produced?.ValueInfos ?? []).Select(info => (JsonNode)new JsonObject
        {
            ["name"] = info.Name, ["type"] = info.TypeName, ["value"] = info.FormattedValue.Value,
        });
        return new() { ["variables"] = new JsonArray([.. variables]) };
    }
}
