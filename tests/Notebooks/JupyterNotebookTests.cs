namespace FedNotebook.Notebooks;

/// <summary>Each notebook, run from top to bottom by Jupyter's nbconvert.</summary>
public sealed class JupyterNotebookTests : IClassFixture<JupyterNotebookTests.InstalledKernel>
{
    private readonly InstalledKernel jupyter;

    public JupyterNotebookTests(InstalledKernel jupyter)
    {
        Clone.NeedsKernel();
        Clone.Needs("/usr/bin/jupyter-nbconvert");
        this.jupyter = jupyter;
    }

    [Theory]
    [MemberData(nameof(NotebookFiles.Others), MemberType = typeof(NotebookFiles))]
    public void It_runs_from_top_to_bottom_without_an_error(string name)
    {
        var outcome = Clone.Run(
            "/usr/bin/jupyter-nbconvert",
            ["--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=300", "--output-dir", jupyter.Folder, "--output", name, NotebookFiles.PathOf(name)],
            ("JUPYTER_DATA_DIR", jupyter.Folder));
        Assert.True(outcome.Status == 0, outcome.Error);
        NotebookFiles.AssertRan(NotebookFiles.Read(Path.Combine(jupyter.Folder, name + ".ipynb")));
    }

    /// <summary>A folder of Jupyter's in which our kernel is registered.</summary>
    public sealed class InstalledKernel : IDisposable
    {
        public InstalledKernel()
        {
            if (File.Exists(Clone.Kernel)) Assert.Equal(0, Clone.Run("dotnet", [Clone.Kernel, "jupyter", "install"], ("JUPYTER_DATA_DIR", Folder)).Status);
        }

        public string Folder { get; } = Clone.TemporaryFolder();

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
