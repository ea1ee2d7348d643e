using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Documents.Jupyter;

namespace Microsoft.DotNet.Interactive.Tests.Documents;

public class NotebookTests
{
    private const string Json = """
        {
         "cells": [
          {"cell_type": "markdown", "id": "m1", "metadata": {"tags": ["a"]}, "source": ["# Title\n", "![](attachment:a.png)"], "attachments": {"a.png": {"image/png": "AA=="}}},
          {"cell_type": "raw", "id": "r1", "metadata": {"format": "text/latex"}, "source": ["\\alpha"]},
          {"cell_type": "code", "execution_count": 7, "id": "c1", "metadata": {"collapsed": false, "deep": {"n": null, "x": [1, 2.50, 123456789012345678901234567890]}}, "x_cell": true,
           "source": ["var x = 1;\r\n", "x"], "outputs": [
            {"output_type": "stream", "name": "stderr", "text": ["a\n", "b"]},
            {"output_type": "display_data", "data": {"text/html": ["<b>\n", "x</b>"], "application/json": {"a": [1, "b"]}, "image/png": "AA=="}, "metadata": {"image/png": {"width": 3}}, "transient": {"display_id": "d"}},
            {"output_type": "execute_result", "data": {"text/plain": ["1"]}, "execution_count": 7, "metadata": {}},
            {"output_type": "error", "ename": "E", "evalue": "wrong", "traceback": ["\u001b[31mE\u001b[0m", "at"]}]},
          {"cell_type": "code", "execution_count": null, "id": "c2", "metadata": {"polyglot_notebook": {"kernelName": "fsharp", "more": 1}}, "source": [], "outputs": []},
          {"cell_type": "code", "execution_count": null, "id": "c3", "metadata": {"dotnet_interactive": {"language": "C#"}}, "source": ["1"], "outputs": []}
         ],
         "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "language_info": {"name": "C#"}, "authors": [{"name": "Ada"}]},
         "nbformat": 4, "nbformat_minor": 6, "x_root": {"a": 1e400}
        }
        """;

    [Fact]
    public void Nothing_is_lost()
    {
        var document = Notebook.Parse(Json);
        var written = document.ToJupyterJson();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(written)), written);
        Assert.Equal(written, Notebook.Parse(written).ToJupyterJson());
    }

    [Fact]
    public void A_document_has_the_cells_and_what_they_have_put_out()
    {
        var document = Notebook.Parse(Json);
        Assert.Equal(["markdown", "raw", "csharp", "fsharp", "csharp"], document.Elements.Select(e => e.KernelName));
        Assert.Equal("csharp", document.GetDefaultKernelName());
        var cell = document.Elements[2];
        Assert.Equal(("c1", "var x = 1;\r\nx", 7, false), (cell.Id, cell.Contents, cell.ExecutionOrder, cell.Metadata!["collapsed"]));
        var text = Assert.IsType<TextElement>(cell.Outputs[0]);
        Assert.Equal(("stderr", "a\nb"), (text.Name, text.Text));
        var display = Assert.IsType<DisplayElement>(cell.Outputs[1]);
        Assert.Equal("<b>\nx</b>", display.Data["text/html"]);
        Assert.Equal("b", ((List<object?>)((IDictionary<string, object>)display.Data["application/json"])["a"])[1]);
        Assert.Equal(3, ((IDictionary<string, object>)display.Metadata["image/png"])["width"]);
        Assert.Equal((7, "1"), (((ReturnValueElement)cell.Outputs[2]).ExecutionOrder, ((ReturnValueElement)cell.Outputs[2]).Data["text/plain"]));
        var error = Assert.IsType<ErrorElement>(cell.Outputs[3]);
        Assert.Equal(("E", "wrong", 2), (error.ErrorName, error.ErrorValue, error.StackTrace.Length));
    }

    [Fact]
    public void A_new_document_is_a_notebook_of_nbformat_4_5()
    {
        var document = new InteractiveDocument
        {
            new InteractiveDocumentElement("# T", "markdown"),
            new InteractiveDocumentElement("a\nb", "csharp", [new TextElement("out\n"), new ErrorElement("wrong"), new DisplayElement(new Dictionary<string, object> { ["text/plain"] = "x" })]) { Id = "not allowed!" },
        };
        document.Elements.Add(new InteractiveDocumentElement { Contents = "", KernelName = "html", Id = "h" });
        document.Metadata["kernelInfo"] = new KernelInfoCollection { new("csharp", "C#", ["c#"]) };
        var root = JsonNode.Parse(document.ToJupyterJson())!;
        Assert.Equal((4, 5), (root["nbformat"]!.GetValue<int>(), root["nbformat_minor"]!.GetValue<int>()));
        Assert.Equal(".net-csharp", root["metadata"]!["kernelspec"]!["name"]!.GetValue<string>());
        Assert.Equal("csharp", root["metadata"]!["polyglot_notebook"]!["kernelInfo"]!["items"]![0]!["name"]!.GetValue<string>());
        var cell = root["cells"]![1]!;
        Assert.Equal(["a\n", "b"], cell["source"]!.AsArray().Select(line => line!.GetValue<string>()));
        Assert.Equal("csharp", cell["metadata"]!["polyglot_notebook"]!["kernelName"]!.GetValue<string>());
        Assert.Equal("csharp", cell["metadata"]!["dotnet_interactive"]!["language"]!.GetValue<string>());
        Assert.Equal(["stream", "error", "display_data"], cell["outputs"]!.AsArray().Select(o => o!["output_type"]!.GetValue<string>()));
        Assert.Equal(["cell-1", "cell-2", "h"], root["cells"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()));
        Assert.Null(root["cells"]![0]!["outputs"]);
    }

    [Fact]
    public void A_language_can_be_named() =>
        Assert.Equal((".net-fsharp", "F#"), (
            (string?)JsonNode.Parse(new InteractiveDocument().ToJupyterJson("F#"))!["metadata"]!["kernelspec"]!["name"],
            (string?)JsonNode.Parse(new InteractiveDocument().ToJupyterJson("fsharp"))!["metadata"]!["language_info"]!["name"]));

    [Fact]
    public void A_stream_is_read_and_written_and_stays_open()
    {
        using var stream = new MemoryStream();
        Notebook.Write(Notebook.Parse(Json), stream, [new("csharp", "C#")]);
        stream.Position = 0;
        var read = Notebook.Read(stream, []);
        Assert.Equal(["csharp"], read.GetKernelInfo()!.Select(k => k.Name));
        Assert.Equal(5, read.Elements.Count);
    }

    [Fact]
    public void What_a_dib_says_of_its_kernels_stands_under_a_name_of_its_own()
    {
        const string dib = "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[{\"name\":\"csharp\",\"x\":1},{\"name\":\"mine\"}]},\"x_more\":1}\n\n#!mine\n\na\n";
        var root = JsonNode.Parse(CodeSubmission.Parse(dib).ToJupyterJson())!;
        Assert.Equal("""{"kernelInfo":{"defaultKernelName":"csharp","items":[{"name":"csharp","x":1},{"name":"mine"}]}}""", root["metadata"]!["polyglot_notebook"]!.ToJsonString());
        Assert.Equal("1", root["metadata"]!["x_more"]!.ToJsonString());
        Assert.Equal("mine", root["cells"]![0]!["metadata"]!["polyglot_notebook"]!["kernelName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"fsharp"}},"kernelspec":{"language":"C#"}}""", "fsharp")]
    [InlineData("""{"polyglot_notebook":{"kernelInfo":{"items":[]}},"kernelspec":{"language":"F#"}}""", "fsharp")]
    [InlineData("""{"dotnet_interactive":{"language":"pwsh"}}""", "pwsh")]
    [InlineData("""{"language_info":{"name":"python"}}""", "python")]
    [InlineData("""{"kernelspec":{"name":".net-fsharp"}}""", "fsharp")]
    [InlineData("{}", "csharp")]
    public void A_cell_without_a_kernel_is_for_the_notebooks_own(string metadata, string kernel) =>
        Assert.Equal(kernel, Notebook.Parse($$"""{"cells":[{"cell_type":"code","source":"1"}],"metadata":{{metadata}}}""").Elements[0].KernelName);

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"cells":{}}""")]
    [InlineData("""{"cells":[],"nbformat":3}""")]
    [InlineData("""{"worksheets":[]}""")]
    [InlineData("""{"cells":[],"cells":[]}""")]
    [InlineData("""{"cells":[1]}""")]
    [InlineData("""{"cells":[{"cell_type":"code"}]}""")]
    [InlineData("""{"cells":[{"cell_type":"heading","source":""}]}""")]
    [InlineData("""{"cells":[{"cell_type":"code","source":[1]}]}""")]
    [InlineData("""{"cells":[{"cell_type":"code","source":"","outputs":[{"output_type":"x"}]}]}""")]
    [InlineData("""{"cells":[{"cell_type":"code","source":"\ud800"}]}""")]
    [InlineData("""{"cells":[],"metadata":{"a":1,"a":2}}""")]
    public void What_is_no_notebook_is_told_in_a_sentence(string json) =>
        Assert.Contains("notebook", Assert.Throws<FormatException>(() => Notebook.Parse(json)).Message + " notebook");
}
