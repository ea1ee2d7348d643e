using System.Text.Json.Nodes;
using FedNotebook.Kernel.Outputs;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>What the kernel tells whoever listens on iopub. Any thread may call.</summary>
internal sealed class FrontEnd(Channels channels)
{
    /// <summary>Publishes what the kernel itself has to say.</summary>
    public void Publish(string type, JsonObject content, JupyterMessage? request) => channels.Publish(type, content, request?.Header ?? [], mayWait: false);

    /// <summary>Publishes what a cell puts out; the cell waits when it is far ahead of its readers.</summary>

    public void Publish(CellOutput output, int executionCount, JupyterMessage request)
    {
        if (output is CellOutput.Stream stream)
        {
            channels.PublishText(stream.Name, stream.Text, request.Header);
            return;
        }

        var (type, content) = output switch
        {
            CellOutput.Display display => ("display_data", Display(display.Data, display.DisplayId)),
            CellOutput.Update update => ("update_display_data", Display(update.Data, update.DisplayId)),
            CellOutput.Result result => ("execute_result", new JsonObject
            {
                ["data"] = result.Data.DeepClone(), ["execution_count"] = executionCount, ["metadata"] = new JsonObject(),
            }),
            CellOutput.Clear clear => ("clear_output", new JsonObject { ["wait"] = clear.Wait }),
            CellOutput.Error error => ("error", ErrorContent(error)),
            _ => throw new ArgumentException($"An output of an unknown kind: {output}.", nameof(output)),
        };
        channels.Publish(type, content, request.Header, mayWait: true);
    }

    public static JsonObject ErrorContent(CellOutput.Error error) =>
        new()
        {
            ["ename"] = error.Name, ["evalue"] = error.Message, ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
        };

    private static JsonObject Display(JsonObject data, string? displayId)
    {
        var transient = new JsonObject();
        if (displayId is not null) transient["display_id"] = displayId;
        return new() { ["data"] = data.DeepClone(), ["metadata"] = new JsonObject(), ["transient"] = transient };
    }
}
