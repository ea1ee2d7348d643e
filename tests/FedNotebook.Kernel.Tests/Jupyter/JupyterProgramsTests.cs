using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Tests.Jupyter;

/// <summary>Jupyter's own programs, as Debian has them, with the installed kernel.</summary>
public sealed class JupyterProgramsTests : IDisposable
{
    private const string Jupyter = "/usr/bin/jupyter-nbconvert";
    private readonly SomeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nbconvert_runs_a_notebook_with_the_installed_kernel()
    {
        Assert.SkipUnless(File.Exists(Jupyter), "jupyter-nbconvert is not installed (Debian: apt-get install jupyter-nbconvert).");
        var environment = Install();
        _folder.Write("n.ipynb", """
            {"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "execution_count": null, "outputs": [], "source": "var d = \"one\".Display(); Console.WriteLine(\"hello\");"},
                       {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": null, "outputs": [], "source": "d.Update(\"two\"); 6 * 7"}],
             "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 5}
            """);

        var ended = Fednb.Start(_folder.Path, Jupyter, ["--to", "notebook", "--execute", "n.ipynb", "--output", "o.ipynb"], environment);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        var cells = JsonNode.Parse(_folder.Read("o.ipynb"))!["cells"]!;
        Assert.Equal("""["two"]""", cells[0]!["outputs"]![0]!["data"]!["text/plain"]!.ToJsonString());
        Assert.Equal("""["hello\n"]""", cells[0]!["outputs"]![1]!["text"]!.ToJsonString());
        Assert.Equal("""["42"]""", cells[1]!["outputs"]![0]!["data"]!["text/plain"]!.ToJsonString());
    }

    [Fact]
    public void The_conformance_suite_of_jupyter_passes()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/jupyter_kernel_test"),
            "jupyter_kernel_test is not installed (Debian: apt-get install python3-jupyter-kernel-test).");
        var ended = Fednb.Start(_folder.Path, "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Jupyter", "conformance.py"), "-v"], Install());
        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Contains("Ran 12 tests", ended.Errors);
        Assert.DoesNotContain("skipped", ended.Errors);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{\"ip\": \"127.0.0.1\"}", "lacks 'shell_port'")]
    [InlineData("{\"ip\": \"no such machine\", \"shell_port\": 1, \"control_port\": 2, \"stdin_port\": 3, \"iopub_port\": 4, \"hb_port\": 5}", "cannot listen")]
    [InlineData("{\"transport\": \"smoke\", \"ip\": \"signals\", \"shell_port\": 1, \"control_port\": 2, \"stdin_port\": 3, \"iopub_port\": 4, \"hb_port\": 5}", "cannot listen")]
    public void A_connection_file_that_is_none_is_said_in_a_sentence(string json, string said)
    {
        var ended = Fednb.Run(_folder.Path, "jupyter", _folder.Write("c.json", json));
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(said, ended.Errors);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_port_in_use_is_named()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var file = _folder.Write("c.json", $$"""{"ip": "127.0.0.1", "shell_port": {{port}}, "control_port": 2, "stdin_port": 3, "iopub_port": 4, "hb_port": 5}""");
        var ended = Fednb.Run(_folder.Path, "jupyter", file);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"127.0.0.1:{port}", ended.Errors);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
    }

    private Dictionary<string, string> Install()
    {
        var environment = new[] { "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR" }.ToDictionary(name => name, name => _folder.At(name));
        Assert.Equal(0, Fednb.Start(_folder.Path, "dotnet", [Fednb.Assembly, "jupyter", "install"], environment).ExitCode);
        return environment;
    }
}
