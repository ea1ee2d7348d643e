using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Tests.Running;

public sealed class RunTests : IDisposable
{
    private readonly SomeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Fednb.Ended Run(params string[] arguments) => Fednb.Run(_folder.Path, ["run", .. arguments]);

    private JsonArray OutputsOf(string notebook, int cell) => JsonNode.Parse(_folder.Read(notebook))!["cells"]![cell]!["outputs"]!.AsArray();

    private static void FailsInASentence(Fednb.Ended ended, string said)
    {
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(said, ended.Errors);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", ended.Errors + ended.Output);
    }

    [Fact]
    public void A_dib_runs_with_a_line_for_each_cell_and_is_written_both_ways()
    {
        _folder.Write("n.dib", "#!markdown\n# First steps\n#!csharp\nvar x = 20;\n#!csharp\n// Twice and more\nConsole.WriteLine(\"hi\");\nx * 2 + 2\n");
        var ended = Run("n.dib", "--out", "n.ipynb", "--out", "n.html");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        var lines = ended.Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^\[1/2\] First steps \.\.\. \d+\.\d s$", lines[0]);
        Assert.Matches(@"^\[2/2\] Twice and more \.\.\. \d+\.\d s$", lines[1]);
        Assert.Equal("hi\n", OutputsOf("n.ipynb", 2)[0]!["text"]![0]!.GetValue<string>());
        Assert.Equal("42", OutputsOf("n.ipynb", 2)[1]!["data"]!["text/plain"]![0]!.GetValue<string>());
        Assert.Contains("<pre>42</pre>", _folder.Read("n.html"));
    }

    [Fact]
    public void A_failing_cell_is_named_the_rest_is_not_run_and_what_was_computed_is_written()
    {
        _folder.Write("n.dib", "#!csharp\nvar zero = 0; \"before\"\n#!csharp\n\n// Divide\n1 / zero\n#!csharp\nConsole.WriteLine(\"after\");\n");
        var ended = Run("n.dib", "--out", "n.ipynb", "--out", "n.html");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Cell 2 failed: Divide", ended.Errors);
        Assert.Contains("DivideByZeroException", ended.Errors);
        Assert.Contains("line 2", ended.Errors);
        Assert.DoesNotContain("Microsoft.", ended.Errors);
        Assert.Equal("before", OutputsOf("n.ipynb", 0)[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
        Assert.Equal("error", OutputsOf("n.ipynb", 1)[0]!["output_type"]!.GetValue<string>());
        Assert.Empty(OutputsOf("n.ipynb", 2));
        Assert.DoesNotContain(_folder.Path, _folder.Read("n.ipynb"));
        Assert.Contains("DivideByZeroException", _folder.Read("n.html"));
    }

    [Fact]
    public void A_cell_that_does_not_compile_says_where()
    {
        _folder.Write("n.dib", "#!csharp\nvar a = 1;\nnosuchthing();\n");
        var ended = Run("n.dib");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("(2,1): error CS0103", ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }

    [Fact]
    public void A_display_that_is_updated_stands_once_with_its_last_value()
    {
        _folder.Write("n.dib", "#!csharp\nvar d = \"one\".Display();\n#!csharp\nd.Update(\"two\");\n");
        Assert.Equal(0, Run("n.dib", "--out", "n.ipynb").ExitCode);
        var output = Assert.Single(OutputsOf("n.ipynb", 0))!;
        Assert.Equal("two", output["data"]!["text/plain"]![0]!.GetValue<string>());
        Assert.Empty(OutputsOf("n.ipynb", 1));
    }

    [Fact]
    public void Cells_run_in_the_folder_of_the_notebook_and_paths_on_the_command_line_do_not()
    {
        Directory.CreateDirectory(_folder.At("sub"));
        _folder.Write("sub/data.txt", "found");
        _folder.Write("sub/n.dib", "System.IO.File.ReadAllText(\"data.txt\")");
        Assert.Equal(0, Run("sub/n.dib", "--out", "o.ipynb").ExitCode);
        Assert.Equal("found", OutputsOf("o.ipynb", 0)[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    [Fact]
    public void An_ipynb_keeps_its_cells_ids_and_metadata()
    {
        _folder.Write("n.ipynb", """
            {"cells": [{"cell_type": "code", "id": "mine", "metadata": {"tags": ["t"]}, "execution_count": null, "outputs": [], "source": ["1 +\n", "1"]}],
             "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "k": "v"}, "nbformat": 4, "nbformat_minor": 5}
            """);
        Assert.Equal(0, Run("n.ipynb", "--out", "o.ipynb").ExitCode);
        var written = JsonNode.Parse(_folder.Read("o.ipynb"))!;
        Assert.Equal("mine", written["cells"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("""{"tags":["t"]}""", written["cells"]![0]!["metadata"]!.ToJsonString());
        Assert.Equal("v", written["metadata"]!["k"]!.GetValue<string>());
        Assert.Equal("2", OutputsOf("o.ipynb", 0)[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    [Fact]
    public void A_cell_that_ends_the_process_is_named_and_what_was_computed_is_written()
    {
        _folder.Write("n.dib", "#!csharp\n\"before\"\n#!csharp\ntypeof(Environment).GetMethod(\"Exit\").Invoke(null, [0]);\n");
        var ended = Run("n.dib", "--out", "n.ipynb");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Cell 2 ended the process", ended.Errors);
        Assert.Equal("before", OutputsOf("n.ipynb", 0)[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    [Fact]
    public void A_thread_that_a_cell_leaves_running_does_not_keep_the_run()
    {
        _folder.Write("n.dib", "#!csharp\nnew System.Threading.Thread(() => System.Threading.Thread.Sleep(-1)).Start();\n");
        Assert.Equal(0, Run("n.dib", "--out", "n.ipynb").ExitCode);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_an_error_of_the_cell()
    {
        _folder.Write("n.dib", "#!csharp\nthrow new TaskCanceledException(\"The request took too long.\");\n");
        var ended = Run("n.dib");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("TaskCanceledException: The request took too long.", ended.Errors);
        Assert.DoesNotContain("interrupted", ended.Errors);
    }

    [Theory]
    [InlineData("var t = new System.Threading.Thread(() => throw new Exception(\"lost\")); t.Start(); t.Join();")]
    [InlineData("new System.Threading.Timer(_ => throw new Exception(\"lost\"), null, 0, -1); await Task.Delay(300);")]
    [InlineData("System.Threading.ThreadPool.UnsafeQueueUserWorkItem(_ => throw new Exception(\"lost\"), null); await Task.Delay(300);")]
    [InlineData("class Z { ~Z() => throw new Exception(\"lost\"); }\nvoid Drop() => new Z();\nDrop(); GC.Collect(); GC.WaitForPendingFinalizers();")]
    public void A_thread_of_a_cell_that_fails_does_not_take_the_run_with_it(string code)
    {
        _folder.Write("n.dib", $"#!csharp\n{code}\n#!csharp\n\"on\"\n");
        var ended = Run("n.dib", "--out", "n.ipynb");
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("on", OutputsOf("n.ipynb", 1)[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Console.ReadLine()")]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"name\")")]
    public void A_cell_that_asks_for_input_is_told_that_nobody_is_there(string code)
    {
        _folder.Write("n.dib", code);
        var ended = Run("n.dib");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("asked for input", ended.Errors.Replace("asks for input", "asked for input"));
    }

    [Fact]
    public void Output_without_end_is_kept_up_to_a_limit_and_the_result_still_is()
    {
        _folder.Write("n.dib", "#!csharp\nvar line = new string('x', 999); for (var i = 0; i < 20_000; i++) Console.WriteLine(line);\n\"end\"\n");
        Assert.Equal(0, Run("n.dib", "--out", "n.ipynb").ExitCode);
        var outputs = OutputsOf("n.ipynb", 0);
        Assert.InRange(_folder.Read("n.ipynb").Length, 5_000_000, 6_000_000);
        Assert.Contains("the rest was left out", string.Concat(outputs[1]!["text"]!.AsArray()));
        Assert.Equal("end", outputs[2]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    [Fact]
    public void A_cell_with_a_null_byte_fails_in_a_sentence()
    {
        _folder.Write("n.dib", "#!csharp\nvar a = 1;\0\n");
        var ended = Run("n.dib");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Cell 1 failed", ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }

    [Fact]
    public void A_missing_file_is_named() => FailsInASentence(Run("none.dib"), "none.dib");

    [Fact]
    public void No_name_is_no_file() => FailsInASentence(Run(""), "no file");

    [Fact]
    public void A_folder_is_no_notebook() => FailsInASentence(Run("."), "folder");

    [Theory]
    [InlineData("n.txt", "1", "ending")]
    [InlineData("n.ipynb", "{", "not JSON")]
    [InlineData("n.ipynb", "", "is empty")]
    [InlineData("n.ipynb", "{\"a\": 1}", "no list of cells")]
    [InlineData("n.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"1\"}], \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}, \"nbformat\": 4}", "'python'")]
    [InlineData("n.dib", "#!csharp\n1\n#!fsharp\nlet x = 1", "Cell 2 (let x = 1) is written in 'fsharp'")]
    public void What_is_no_notebook_for_this_kernel_is_said_in_a_sentence(string name, string text, string said)
    {
        _folder.Write(name, text);
        FailsInASentence(Run(name), said);
    }

    [Theory]
    [InlineData("out.pdf", ".ipynb and .html")]
    [InlineData("", ".ipynb and .html")]
    [InlineData("no/such/folder/out.html", "folder does not exist")]
    [InlineData("/proc/out.html", "/proc/out.html")]
    public void An_output_that_cannot_be_written_is_said_before_anything_runs(string path, string said)
    {
        _folder.Write("n.dib", "System.IO.File.WriteAllText(\"ran\", \"\");");
        FailsInASentence(Run("n.dib", "--out", path), said);
        Assert.False(File.Exists(_folder.At("ran")));
    }

    [Fact]
    public void An_output_that_is_a_folder_is_said_before_anything_runs()
    {
        Directory.CreateDirectory(_folder.At("d.html"));
        _folder.Write("n.dib", "1");
        FailsInASentence(Run("n.dib", "--out", "d.html"), "folder");
    }
}
