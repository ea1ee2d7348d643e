using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp().UseImportMagicCommand();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public ImportTests() => kernel.Add(new HtmlKernel());

    public void Dispose()
    {
        kernel.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("a.cs", "var x = 20;\nint Twice(int n) => 2 * n;")]
    [InlineData("a.csx", "var x = 20; int Twice(int n) => 2 * n;")]
    [InlineData("a.dib", "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[{\"name\":\"csharp\",\"aliases\":[\"c#\"]}]}}\n\n#!markdown\n\n# Title\n\n#!c#\n\nvar x = 20;\n\n#!html\n\n<b>shown</b>\n\n#!csharp\n\nint Twice(int n) => 2 * n;\n")]
    [InlineData("a.dib", "var x = 20;\n#!csharp\nint Twice(int n) => 2 * n;")]
    [InlineData("a.ipynb", """
        {"cells":[{"cell_type":"markdown","source":["# Title"],"metadata":{}},{"cell_type":"code","source":["var x =\n"," 20;"],"metadata":{}},
         {"cell_type":"code","source":"<b/>","metadata":{"polyglot_notebook":{"kernelName":"html"}}},
         {"cell_type":"code","source":"int Twice(int n) => 2 * n;","metadata":{"dotnet_interactive":{"language":"csharp"}}}],"metadata":{},"nbformat":4,"nbformat_minor":5}
        """)]
    public async Task What_a_file_declares_is_there_afterwards(string name, string content)
    {
        (await kernel.SubmitCodeAsync($"#!import {Write(name, content)}")).MustSucceed();
        Assert.Equal(40, (await kernel.SubmitCodeAsync("Twice(x)")).ReturnValue());
    }

    [Fact]
    public async Task What_the_cells_show_is_shown_by_the_cell_that_imports()
    {
        var result = await kernel.SubmitCodeAsync($"#!import \"{Write("b c.dib", "Console.Write(\"out\");\n#!html\n<b>x</b>")}\"");
        Assert.Equal("out", result.Output());
        Assert.Equal("<b>x</b>", result.Events.OfType<DisplayedValueProduced>().Single().FormattedValues.Single().Value);
    }

    [Theory]
    [InlineData("a.dib", "var x = 1;\n#!csharp\nnonsense", "a.dib, cell 2: ")]
    [InlineData("a.cs", "throw new Exception(\"reason\");", "reason")]
    [InlineData("a.ipynb", "{", "not a Jupyter notebook")]
    [InlineData("a.ipynb", "{\"cells\": 3}", "not a Jupyter notebook")]
    [InlineData("a.dib", "PK\0\0\u0001", "not text")]
    [InlineData("a.dib", "#!meta\n{", "#!meta")]
    [InlineData("a.js", "1", "no kernel here runs JavaScript")]
    [InlineData("a.xyz", "1", "not a notebook by its ending")]
    [InlineData("a.dib", "#!import a.dib", "imports itself")]
    public async Task A_file_that_cannot_be_run_is_a_sentence(string name, string content, string message)
    {
        var path = Write(name, content.Replace("#!import a.dib", $"#!import {folder.FullName}/a.dib"));
        var failure = (await kernel.SubmitCodeAsync($"#!import {path}")).Failure();
        Assert.Contains(message, failure.Message);
        Assert.DoesNotContain("System.Text.Json", failure.Message);
        Assert.Equal(1, (await kernel.SubmitCodeAsync("1")).ReturnValue());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        Assert.Contains("There is no file '/nowhere/a.dib'", (await kernel.SubmitCodeAsync("#!import /nowhere/a.dib")).Failure().Message);
        Assert.Contains("is a folder", (await kernel.SubmitCodeAsync($"#!import {folder.FullName}")).Failure().Message);
        Assert.Contains("DNI104", (await kernel.SubmitCodeAsync("#!import")).Failure().Message);
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
