using System.Text.Json.Nodes;
using FedNotebook.Kernel.Jupyter;

namespace FedNotebook.Kernel.Tests.Jupyter;

public class ConnectionFileTests
{
    private static JsonObject Some() =>
        JsonNode.Parse("""
            {"transport": "tcp", "ip": "127.0.0.1", "shell_port": 5001, "control_port": 5002, "stdin_port": 5003, "iopub_port": 5004, "hb_port": 5005,
             "key": "k", "signature_scheme": "hmac-sha256", "kernel_name": ".net-csharp"}
            """)!.AsObject();

    [Fact]
    public void It_says_where_to_listen()
    {
        var connection = ConnectionFile.Parse(Some().ToJsonString(), "c.json");
        Assert.Equal("tcp://127.0.0.1:5004", connection.Endpoint(connection.IopubPort));
        Assert.Equal("k", connection.Key);
    }

    [Theory]
    [InlineData("ip")]
    [InlineData("shell_port")]
    [InlineData("control_port")]
    [InlineData("stdin_port")]
    [InlineData("iopub_port")]
    [InlineData("hb_port")]
    public void A_missing_field_is_named(string field)
    {
        var fields = Some();
        fields.Remove(field);
        var error = Assert.Throws<UserErrorException>(() => ConnectionFile.Parse(fields.ToJsonString(), "c.json"));
        Assert.Contains($"lacks '{field}'", error.Message);
    }

    [Theory]
    [InlineData("\"5001\"")]
    [InlineData("0")]
    [InlineData("70000")]
    [InlineData("[]")]
    public void A_port_that_is_none_is_named(string port)
    {
        var fields = Some();
        fields["shell_port"] = JsonNode.Parse(port);
        var error = Assert.Throws<UserErrorException>(() => ConnectionFile.Parse(fields.ToJsonString(), "c.json"));
        Assert.Contains("shell_port", error.Message);
    }

    [Fact]
    public void Another_signature_is_refused()
    {
        var fields = Some();
        fields["signature_scheme"] = "hmac-md5";
        Assert.Contains("hmac-md5", Assert.Throws<UserErrorException>(() => ConnectionFile.Parse(fields.ToJsonString(), "c.json")).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    public void What_is_not_a_json_object_is_refused(string text) => Assert.Throws<UserErrorException>(() => ConnectionFile.Parse(text, "c.json"));
}
