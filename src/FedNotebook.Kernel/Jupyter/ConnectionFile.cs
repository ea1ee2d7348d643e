using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>What a front end tells a kernel at its start: where to listen, and the key that signs the messages.</summary>
internal sealed record ConnectionFile(
    string Transport, string Address, int ShellPort, int ControlPort, int StdinPort, int IopubPort, int HeartbeatPort, string Key)
{
    private const string SupportedScheme = "hmac-sha256";

    /// <exception cref="UserErrorException">The file is missing, is not JSON or lacks something.</exception>
    public static ConnectionFile Read(string path)
    {
        if (Directory.Exists(path)) throw new UserErrorException($"'{path}' is a folder, not a connection file.");
        if (!File.Exists(path))
        {
            throw new UserErrorException($"There is no connection file '{path}'. Jupyter makes one for each kernel that it starts.");
        }

        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The connection file '{path}' cannot be read: {exception.Message}");
        }
    }

    public static ConnectionFile Parse(string json, string path)
    {
        JsonObject fields;
        try
        {
            fields = JsonNode.Parse(json) as JsonObject ?? throw new UserErrorException($"The connection file '{path}' is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new UserErrorException($"The connection file '{path}' is not JSON: {exception.Message}");
        }

        var scheme = Text("signature_scheme", SupportedScheme);
        if (scheme != SupportedScheme)
        {
            throw new UserErrorException($"The connection file '{path}' asks for signatures by '{scheme}'; this kernel signs by {SupportedScheme}.");
        }

        return new(
            Text("transport", "tcp"), Text("ip"), Port("shell_port"), Port("control_port"), Port("stdin_port"), Port("iopub_port"),
            Port("hb_port"), Text("key", ""));

        string Text(string name, string? absent = null) =>
            fields[name] switch
            {
                null => absent ?? throw new UserErrorException($"The connection file '{path}' lacks '{name}'."),
                JsonValue value when value.TryGetValue<string>(out var text) => text,
                _ => throw new UserErrorException($"In the connection file '{path}', '{name}' is not a text."),
            };

        int Port(string name) =>
            fields[name] switch
            {
                null => throw new UserErrorException($"The connection file '{path}' lacks '{name}'."),
                JsonValue value when value.TryGetValue<int>(out var port) && port is > 0 and <= 65535 => port,
                _ => throw new UserErrorException($"In the connection file '{path}', '{name}' is not a port number."),
            };
    }

    public string Endpoint(int port) => Transport == "ipc" ? $"ipc://{Address}-{port}" : $"{Transport}://{Address}:{port}";
}
