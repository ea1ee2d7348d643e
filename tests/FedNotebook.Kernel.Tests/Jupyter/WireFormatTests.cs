using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FedNotebook.Kernel.Jupyter;

namespace FedNotebook.Kernel.Tests.Jupyter;

public class WireFormatTests
{
    private static readonly WireFormat Wire = new("secret");

    private static JupyterMessage SomeMessage() =>
        new([[1, 2], [3]], new() { ["msg_type"] = "stream" }, new() { ["msg_id"] = "parent" }, [], new() { ["text"] = "grüße 😀 <b>" }, [[0, 255]]);

    [Fact]
    public void A_message_comes_back_as_it_was_sent()
    {
        var sent = SomeMessage();
        var read = Wire.FromFrames(Wire.ToFrames(sent), out var problem);

        Assert.Null(problem);
        Assert.NotNull(read);
        Assert.Equal(sent.Identities, read.Identities);
        Assert.Equal("stream", read.Type);
        Assert.True(JsonNode.DeepEquals(sent.ParentHeader, read.ParentHeader));
        Assert.True(JsonNode.DeepEquals(sent.Content, read.Content));
        Assert.Equal(sent.Buffers, read.Buffers);
    }

    [Fact]
    public void The_signature_is_the_hmac_of_the_four_json_frames_in_lower_hex()
    {
        var frames = Wire.ToFrames(SomeMessage());

        Assert.Equal("<IDS|MSG>", Encoding.ASCII.GetString(frames[2]));
        byte[] signed = [.. frames[4], .. frames[5], .. frames[6], .. frames[7]];
        var expected = Convert.ToHexString(HMACSHA256.HashData("secret"u8, signed)).ToLowerInvariant();
        Assert.Equal(expected, Encoding.ASCII.GetString(frames[3]));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_and_nothing_is_checked()
    {
        var unsigned = new WireFormat("");
        var frames = unsigned.ToFrames(SomeMessage()).ToArray();
        Assert.Empty(frames[3]);

        frames[3] = "anything"u8.ToArray();
        Assert.NotNull(unsigned.FromFrames(frames, out _));
    }

    [Fact]
    public void A_wrong_signature_is_refused()
    {
        var frames = new WireFormat("another key").ToFrames(SomeMessage());
        Assert.Null(Wire.FromFrames(frames, out var problem));
        Assert.Contains("signature", problem);
    }

    [Fact]
    public void A_changed_content_is_refused()
    {
        var frames = Wire.ToFrames(SomeMessage()).ToArray();
        frames[7] = """{"text":"other"}"""u8.ToArray();
        Assert.Null(Wire.FromFrames(frames, out var problem));
        Assert.Contains("signature", problem);
    }

    [Fact]
    public void Frames_without_a_delimiter_or_too_few_are_refused()
    {
        Assert.Null(Wire.FromFrames([], out var problem));
        Assert.NotNull(problem);
        Assert.Null(Wire.FromFrames([[1], [2]], out problem));
        Assert.Contains("delimiter", problem);
        Assert.Null(Wire.FromFrames([.. Wire.ToFrames(SomeMessage()).Take(6)], out problem));
        Assert.Contains("few", problem);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"msg_type": 3}""")]
    [InlineData("""{"msg_type": "a", "msg_type": "b"}""")]
    [InlineData("{}")]
    public void A_header_that_is_not_as_agreed_is_refused(string header)
    {
        var unsigned = new WireFormat("");
        var frames = unsigned.ToFrames(SomeMessage()).ToArray();
        frames[4] = Encoding.UTF8.GetBytes(header);
        Assert.Null(unsigned.FromFrames(frames, out var problem));
        Assert.NotNull(problem);
    }
}
