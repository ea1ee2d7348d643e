using System.Text.Json;

namespace FedNotebook.Notebooks;

/// <summary>The magic commands, from the package, in a notebook that runs headless.</summary>
public sealed class MagicCommandsTests
{
    private static (Outcome Outcome, string[][] Outputs) Run(params string[] cells)
    {
        Clone.NeedsKernel();
        var folder = Clone.TemporaryFolder();
        try
        {
            var (notebook, written) = (Path.Combine(folder, "magic.dib"), Path.Combine(folder, "magic.ipynb"));
            File.WriteAllText(notebook, string.Concat(cells.Prepend("#r \"nuget: FedNotebook\"").Select(cell => $"#!csharp\n\n{cell}\n\n")));
            var outcome = Clone.Run("dotnet", [Clone.Kernel, "run", notebook, "--out", written]);
            using var document = JsonDocument.Parse(File.ReadAllText(written));
            return (outcome, [.. document.RootElement.GetProperty("cells").EnumerateArray().Skip(1).Select(Texts)]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Texts(JsonElement cell) =>
        [.. cell.GetProperty("outputs").EnumerateArray().Select(output => Text(output.TryGetProperty("data", out var data) ? data.GetProperty("text/plain") : output.GetProperty("evalue")).TrimEnd())];

    private static string Text(JsonElement text) => text.ValueKind == JsonValueKind.Array ? string.Concat(text.EnumerateArray().Select(line => line.GetString())) : text.GetString()!;

    [Fact]
    public void They_run_and_show_their_statements()
    {
        var (outcome, outputs) = Run(
            "#!worker bob hospital-1\nvar x = torch.tensor(new long[] { 1, 2, 3 });\n#!send x --to bob --tag #fun\n#!move x_ptr --to hospital-1\nx_ptr.location.id",
            "#!search #fun\n#!get x_ptr --as back\nback.sum().item<long>()",
            "#!lsmagic");

        Assert.True(outcome is { Status: 0, Error: "" }, outcome.Error);
        Assert.Contains("var bob = sy.VirtualWorker(\"bob\");", outputs[0]);
        Assert.Contains("var x_ptr = x.tag(\"#fun\").send(bob);", outputs[0]);
        Assert.Contains("x_ptr.move(hospital_1)", outputs[0]);
        Assert.Equal("hospital-1", outputs[0][^1]);
        Assert.Contains("var results = sy.PrivateGridNetwork(sy.local_worker._known_workers.Values).search(\"#fun\");", outputs[1]);
        Assert.Contains("var back = x_ptr.get();", outputs[1]);
        Assert.Equal("6", outputs[1][^1]);
        var list = Assert.Single(outputs[2]);
        foreach (var name in (string[])["worker", "send", "get", "move", "federate", "search", "workers", "objects"]) Assert.Contains($"#!{name} ", list);
    }

    [Fact]
    public void One_that_fails_is_the_cells_error_in_one_sentence()
    {
        var (outcome, outputs) = Run("var x = 1;", "#!send x --to me", "#!worker never");

        Assert.Equal(1, outcome.Status);
        Assert.Contains("Cell 3 failed: #!send x --to me", outcome.Error);
        Assert.Contains("#!send VARIABLE: x is of the type Int32; only a tensor, a pointer, a data set or a model can be sent.", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.StartsWith("#!send VARIABLE: x is of the type Int32", Assert.Single(outputs[1]));
        Assert.Empty(outputs[2]);
    }
}
