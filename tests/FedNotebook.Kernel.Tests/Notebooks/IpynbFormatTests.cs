using System.Text.Json.Nodes;
using FedNotebook.Kernel.Notebooks;

namespace FedNotebook.Kernel.Tests.Notebooks;

public class IpynbFormatTests
{
    private const string Some = """
        {
          "cells": [
            {"cell_type": "markdown", "id": "intro", "metadata": {"tags": ["a"]}, "source": ["# Hi\n", "there"], "attachments": {"p.png": {"image/png": "AA=="}}},
            {"cell_type": "code", "id": "one", "metadata": {"polyglot_notebook": {"kernelName": "csharp"}, "x": 1}, "execution_count": 9,
             "source": "1 + 1", "outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}]},
            {"cell_type": "raw", "id": "raw1", "metadata": {}, "source": "as is"}
          ],
          "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "authors": [{"name": "Ada"}]},
          "nbformat": 4, "nbformat_minor": 5
        }
        """;

    private static Notebook Parse(string json) => IpynbFormat.Parse(json);

    private static JsonNode Written(string json) => JsonNode.Parse(Parse(json).ToIpynb())!;

    [Fact]
    public void Cells_are_read_in_order_with_their_kinds() =>
        Assert.Equal([("markdown", "# Hi\nthere"), ("csharp", "1 + 1"), ("raw", "as is")], Parse(Some).Cells.Select(cell => (cell.Language, cell.Text)));

    [Fact]
    public void Ids_metadata_and_attachments_survive_and_old_outputs_do_not()
    {
        var written = Written(Some);
        var read = JsonNode.Parse(Some)!;
        Assert.Equal(4, written["nbformat"]!.GetValue<int>());
        Assert.Equal(5, written["nbformat_minor"]!.GetValue<int>());
        Assert.True(JsonNode.DeepEquals(read["metadata"]!["authors"], written["metadata"]!["authors"]));
        Assert.True(JsonNode.DeepEquals(read["metadata"]!["kernelspec"], written["metadata"]!["kernelspec"]));
        for (var i = 0; i < 3; i++)
        {
            foreach (var field in (string[])["cell_type", "id", "metadata", "attachments"])
            {
                Assert.True(JsonNode.DeepEquals(read["cells"]![i]![field], written["cells"]![i]![field]), field);
            }
        }

        Assert.Empty(written["cells"]![1]!["outputs"]!.AsArray());
        Assert.Null(written["cells"]![1]!["execution_count"]);
        Assert.Equal("""["# Hi\n","there"]""", written["cells"]![0]!["source"]!.ToJsonString());
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var once = Parse(Some).ToIpynb();
        Assert.Equal(once, Parse(once).ToIpynb());
    }

    [Fact]
    public void Cells_without_an_id_or_with_a_taken_or_forbidden_one_get_one()
    {
        var written = Written("""
            {"cells": [{"cell_type": "raw", "source": "", "metadata": {}}, {"cell_type": "raw", "source": "", "id": "cell-1", "metadata": {}},
                       {"cell_type": "raw", "source": "", "id": "no spaces", "metadata": {}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}
            """);
        var ids = written["cells"]!.AsArray().Select(cell => cell!["id"]!.GetValue<string>()).ToArray();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9-_]+$", id));
    }

    [Theory]
    [InlineData("""{"polyglot_notebook": {"kernelInfo": {"defaultKernelName": "fsharp"}}}""", "fsharp")]
    [InlineData("""{"kernelspec": {"name": "python3", "language": "python"}}""", "python")]
    [InlineData("""{"kernelspec": {"name": ".net-csharp"}}""", "csharp")]
    [InlineData("""{"language_info": {"name": "polyglot-notebook"}}""", "csharp")]
    [InlineData("{}", "csharp")]
    public void The_language_of_a_cell_without_metadata_is_the_notebooks(string metadata, string expected)
    {
        var json = $$"""{"cells": [{"cell_type": "code", "source": "1"}], "metadata": {{metadata}}, "nbformat": 4}""";
        Assert.Equal(expected, Parse(json).Cells[0].Language);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{\"cells\": [", "not JSON")]
    [InlineData("[]", "no list of cells")]
    [InlineData("{\"cells\": 3}", "no list of cells")]
    [InlineData("{\"worksheets\": []}", "nbformat 3")]
    [InlineData("{\"cells\": [], \"nbformat\": 5}", "nbformat 5")]
    [InlineData("{\"cells\": [7]}", "cell 1")]
    [InlineData("{\"cells\": [{\"source\": \"\"}]}", "cell 1 has no cell_type")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\"}]}", "cell 1 has no source")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": [1]}]}", "cell 1 has no source")]
    [InlineData("{\"cells\": [{\"cell_type\": \"poem\", \"source\": \"\"}]}", "'poem'")]
    [InlineData("{\"cells\": [], \"cells\": []}", "broken")]
    public void What_is_no_notebook_is_said_in_a_sentence(string json, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => Parse(json)).Message);

    [Theory]
    [InlineData("3")]
    [InlineData("[7]")]
    [InlineData("[{\"output_type\": \"song\"}]")]
    [InlineData("[{\"output_type\": \"display_data\", \"data\": 1}]")]
    public void What_is_wrong_with_old_outputs_does_not_matter(string outputs) =>
        Assert.Empty(Parse($$"""{"cells": [{"cell_type": "code", "source": "1", "outputs": {{outputs}}}], "metadata": {}, "nbformat": 4}""").Cells.Single().Outputs);

    [Fact]
    public void A_cell_has_the_pictures_that_are_attached_to_it()
    {
        var notebook = Parse(Some);
        Assert.Equal("AA==", (string?)notebook.AttachmentsOf(notebook.Cells[0])!["p.png"]!["image/png"]);
        Assert.Null(notebook.AttachmentsOf(notebook.Cells[1]));
    }
}
