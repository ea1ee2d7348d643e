namespace FedNotebook.Notebooks;

/// <summary>Each notebook, run from top to bottom by our own runner.</summary>
public sealed class HeadlessNotebookTests
{
    [Theory]
    [MemberData(nameof(NotebookFiles.Others), MemberType = typeof(NotebookFiles))]
    public void It_runs_from_top_to_bottom_without_an_error(string name)
    {
        Clone.NeedsKernel();
        var folder = Clone.TemporaryFolder();
        var written = Path.Combine(folder, "out.ipynb");
        var outcome = Clone.Run("dotnet", [Clone.Kernel, "run", NotebookFiles.PathOf(name), "--out", written]);
        Assert.True(outcome is { Status: 0, Error: "" }, outcome.Output + outcome.Error);
        NotebookFiles.AssertRan(NotebookFiles.Read(written));
        Directory.Delete(folder, recursive: true);
    }
}
