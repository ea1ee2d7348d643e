using System.Text.Json.Nodes;
using FedNotebook.Kernel.Notebooks;

namespace FedNotebook.Kernel.Tests.Notebooks;

/// <summary>Notebooks of every kind, made by chance from a seed: what is read is written again.</summary>
public class RoundTripTests
{
    private static readonly string[] Texts =
        ["", "a", "two\nlines", "ends\n", "windows\r\nlines\r\n", "old mac\rline", "\t tabs", "\"quotes\" \\ / <b>&amp;</b>", "grüße 日本語 😀 \u200d \ufeff", "\u2028\u2029\u0085", "\0\u0001\u001f\u007f", "#!csharp", "${x} {{y}} %"];

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Texts[random.Next(Texts.Length)]));

    private static JsonNode? Value(Random random, int depth) =>
        random.Next(depth > 3 ? 6 : 8) switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => random.NextInt64(),
            3 => JsonNode.Parse(new[] { "1.0", "1e400", "-0", "123456789012345678901234567890", "0.1" }[random.Next(5)]),
            4 or 5 => Text(random),
            6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
            _ => Object(random, depth + 1),
        };

    private static JsonObject Object(Random random, int depth)
    {
        var fields = new JsonObject();
        for (var i = random.Next(4); i > 0; i--) fields[Text(random) + i] = Value(random, depth);
        return fields;
    }

    private static JsonObject Cell(Random random, int number)
    {
        var kind = new[] { "code", "markdown", "raw" }[random.Next(3)];
        var cell = new JsonObject { ["id"] = $"id-{number}", ["cell_type"] = kind, ["metadata"] = Object(random, 0), ["source"] = Text(random) };
        if (kind == "code") (cell["execution_count"], cell["outputs"]) = (null, new JsonArray());
        else if (random.Next(2) == 0) cell["attachments"] = new JsonObject { ["a.png"] = new JsonObject { ["image/png"] = "AA==" } };
        if (random.Next(2) == 0) cell["x_unknown"] = Value(random, 0);
        if (random.Next(2) == 0 && cell["source"]!.GetValue<string>() is var text) cell["source"] = new JsonArray([.. text.Split('\n').Select((line, i) => (JsonNode)(i < text.Count(c => c == '\n') ? line + "\n" : line))]);
        return cell;
    }

    private static JsonObject SomeNotebook(int seed)
    {
        var random = new Random(seed);
        var root = new JsonObject
        {
            ["cells"] = new JsonArray([.. Enumerable.Range(0, random.Next(6)).Select(number => Cell(random, number))]),
            ["metadata"] = Object(random, 0), ["nbformat"] = 4, ["nbformat_minor"] = 5 + random.Next(2),
        };
        root["metadata"]!["kernelspec"] = Object(random, 0);
        root["metadata"]!["language_info"] = Object(random, 0);
        if (random.Next(2) == 0) root["x_unknown"] = Value(random, 0);
        return root;
    }

    /// <summary>A text in lines is the same as in one piece.</summary>
    private static JsonObject Plain(JsonObject notebook)
    {
        var plain = notebook.DeepClone().AsObject();
        foreach (var cell in plain["cells"]!.AsArray())
        {
            if (cell!["source"] is JsonArray lines) cell["source"] = string.Concat(lines.Select(line => line!.GetValue<string>()));
        }

        return plain;
    }

    [Fact]
    public void An_ipynb_is_written_as_it_was_read()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var read = SomeNotebook(seed);
            var text = read.ToJsonString();
            var written = IpynbFormat.Parse(text).ToIpynb();
            Assert.True(JsonNode.DeepEquals(Plain(JsonNode.Parse(text)!.AsObject()), Plain(JsonNode.Parse(written)!.AsObject())), $"Seed {seed}:\n{text}\n{written}");
            Assert.Equal(written, IpynbFormat.Parse(written).ToIpynb());
        }
    }

    [Fact]
    public void A_dib_is_written_as_it_was_read()
    {
        const string Text = "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[{\"name\":\"csharp\",\"aliases\":[\"c#\"],\"x\":1.0}]},\"authors\":[\"Ädä\"]}\n\n"
            + "#!markdown\n\n# Grüße 😀\n\nText\n\n#!csharp\n\n#!time\n  var x = 1;\n\n\nx\n\n#!raw\n\nas is\n\n#!fsharp\n\nlet y = 2\n";
        Assert.Equal(Text, DibFormat.Parse(Text).ToDib());
        // By way of the other format too.
        Assert.Equal(Text, IpynbFormat.Parse(DibFormat.Parse(Text).ToIpynb()).ToDib());
    }

    [Theory]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"\\ud800\"}]}")]
    [InlineData("{\"cells\": [{\"cell_type\": \"\\udc00\", \"source\": \"\"}]}")]
    public void Half_a_character_is_said_in_a_sentence(string json) =>
        Assert.Contains("half a character", Assert.Throws<FormatException>(() => IpynbFormat.Parse(json)).Message);

    [Fact]
    public void Older_notebooks_get_ids_and_keep_the_rest()
    {
        var written = JsonNode.Parse(IpynbFormat.Parse(
            """{"cells": [{"cell_type": "code", "metadata": {"collapsed": false}, "source": ["1"], "outputs": [], "execution_count": 1}], "metadata": {}, "nbformat": 4, "nbformat_minor": 0}""").ToIpynb())!;
        Assert.Equal(5, written["nbformat_minor"]!.GetValue<int>());
        Assert.NotEmpty(written["cells"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("""{"collapsed":false}""", written["cells"]![0]!["metadata"]!.ToJsonString());
    }
}
