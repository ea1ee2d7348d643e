using System.Text.Json.Nodes;
using FedNotebook.Kernel.Notebooks;
using FedNotebook.Kernel.Running;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Tests.Running;

public sealed class ParameterTests : IDisposable
{
    private readonly SomeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Injected(string declared, params string[] parameters)
    {
        var cell = new InteractiveDocumentElement(declared, "csharp") { Metadata = new Dictionary<string, object> { ["tags"] = new List<object> { "parameters" } } };
        var notebook = new Notebook(new InteractiveDocument { cell });
        ParameterCell.Insert(notebook, [.. parameters.Select(Parameter.Parse)]);
        Assert.Equal(2, notebook.Cells.Count);
        return notebook.Cells[1].Contents["// Parameters\n".Length..];
    }

    [Theory]
    [InlineData("a=1", "int a = 1;")]
    [InlineData("a=-5", "int a = -5;")]
    [InlineData("a=3000000000", "long a = 3000000000;")]
    [InlineData("a=0.5", "double a = 0.5d;")]
    [InlineData("a=1e-3", "double a = 0.001d;")]
    [InlineData("a=true", "bool a = true;")]
    [InlineData("a=False", "bool a = false;")]
    [InlineData("a=007", "string a = \"007\";")]
    [InlineData("a=\"5\"", "string a = \"5\";")]
    [InlineData("a=", "string a = \"\";")]
    [InlineData("a=b=c", "string a = \"b=c\";")]
    [InlineData("a=say \"hi\"\\", "string a = \"say \\\"hi\\\"\\\\\";")]
    [InlineData("größe=1", "int größe = 1;")]
    public void A_value_is_of_the_type_that_it_looks_like(string parameter, string code) => Assert.Equal(code, Injected("", parameter));

    [Theory]
    [InlineData("double a = 1;", "a=2", "double a = 2d;")]
    [InlineData("float a = 1;", "a=0.1", "float a = 0.1f;")]
    [InlineData("decimal a = 1;", "a=0.10", "decimal a = 0.10m;")]
    [InlineData("string a = \"\";", "a=5", "string a = \"5\";")]
    [InlineData("var a = \"x\";", "a=true", "string a = \"true\";")]
    [InlineData("var a = 1;", "a=0.5", "double a = 0.5d;")]
    [InlineData("var a = 0.5;", "a=1", "double a = 1d;")]
    [InlineData("int? a = null;", "a=null", "int? a = null;")]
    [InlineData("int b = 1, a = 2;", "a=3", "int a = 3;")]
    [InlineData("var a = DayOfWeek.Monday;", "a=2", "int a = 2;")]
    [InlineData("object a = 1;", "a=2", "a = 2;")]
    public void A_value_is_of_the_type_that_the_notebook_declares(string declared, string parameter, string code) =>
        Assert.Equal(code, Injected(declared, parameter));

    [Theory]
    [InlineData("int a = 1;", "a=x", "'a' is of type int")]
    [InlineData("int a = 1;", "a=0.5", "'a' is of type int")]
    [InlineData("bool a = true;", "a=1", "'a' is of type bool")]
    [InlineData("byte a = 1;", "a=300", "'a' is of type byte")]
    [InlineData("", "novalue", "NAME=VALUE")]
    [InlineData("", "1a=2", "not a name")]
    [InlineData("", "=2", "not a name")]
    [InlineData("", "class=2", "not a name")]
    [InlineData("", "a;b=2", "not a name")]
    public void What_does_not_fit_is_said_in_a_sentence(string declared, string parameter, string said) =>
        Assert.Contains(said, Assert.Throws<UserErrorException>(() => Injected(declared, parameter)).Message);

    [Fact]
    public void The_last_of_two_values_counts() => Assert.Equal("int a = 2;", Injected("", "a=1", "a=2"));

    [Fact]
    public void A_notebook_runs_with_its_parameters_and_says_so_also_the_second_time()
    {
        _folder.Write("n.ipynb", """
            {"cells": [{"cell_type": "markdown", "id": "t", "metadata": {}, "source": "# T"},
                       {"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]}, "execution_count": null, "outputs": [], "source": "double rate = 1; var name = \"x\";"},
                       {"cell_type": "code", "id": "c", "metadata": {}, "execution_count": null, "outputs": [], "source": "$\"{name} {rate / 4}\""}],
             "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 5}
            """);
        var ended = Fednb.Run(_folder.Path, "run", "n.ipynb", "--param", "rate=2", "--param", "name=Ada", "--out", "o.ipynb");
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        var cells = JsonNode.Parse(_folder.Read("o.ipynb"))!["cells"]!.AsArray();
        Assert.Equal(4, cells.Count);
        Assert.Equal("""["injected-parameters"]""", cells[2]!["metadata"]!["tags"]!.ToJsonString());
        Assert.Equal("Ada 0.5", cells[3]!["outputs"]![0]!["data"]!["text/plain"]![0]!.GetValue<string>());

        Assert.Equal(0, Fednb.Run(_folder.Path, "run", "o.ipynb", "-p", "name=Bob", "--out", "o.ipynb").ExitCode);
        cells = JsonNode.Parse(_folder.Read("o.ipynb"))!["cells"]!.AsArray();
        Assert.Equal("Bob 0.25", cells.Single(cell => cell!["id"]!.GetValue<string>() == "c")!["outputs"]![0]!["data"]!["text/plain"]![0]!.GetValue<string>());
        Assert.Equal(4, cells.Count);
    }

    [Fact]
    public void Where_no_cell_is_marked_a_value_comes_behind_the_cell_that_declares_it()
    {
        _folder.Write("c.dib", "#!csharp\nint n = 1;\n#!markdown\nvar s = 1;\n#!csharp\nvar m = n;\nvar s = \"a\";\n#!csharp\n#!html\n#!csharp\nif ((n, m, s, p) != (3, 3, \"4\", 5.5)) throw new Exception($\"{n} {m} {s} {p}\");\n");
        var ended = Fednb.Run(_folder.Path, "run", "c.dib", "--param", "n=3", "--param", "s=4", "--param", "p=5.5", "--out", "o.dib");
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Equal(3, _folder.Read("o.dib").Split("// Parameters").Length - 1);
        Assert.Contains("'n' is of type int", Fednb.Run(_folder.Path, "run", "c.dib", "--param", "n=abc").Errors);
    }

    [Fact]
    public void A_dib_takes_them_before_its_first_cell_or_behind_the_cell_that_is_marked()
    {
        _folder.Write("a.dib", "#!csharp\nif (n != 3) throw new Exception();\n");
        Assert.Equal(0, Fednb.Run(_folder.Path, "run", "a.dib", "--param", "n=3").ExitCode);
        _folder.Write("b.dib", "#!csharp\n// parameters\nvar n = 1;\n#!csharp\nif (n != 3) throw new Exception();\n");
        Assert.Equal(0, Fednb.Run(_folder.Path, "run", "b.dib", "--param", "n=3").ExitCode);
        Assert.Equal(1, Fednb.Run(_folder.Path, "run", "b.dib").ExitCode);
    }
}
