using FedNotebook.Kernel.Notebooks;
using FedNotebook.Kernel.Pages;

namespace FedNotebook.Kernel.Running;

/// <summary>Where a notebook that has run is written to: as a notebook or as a page, by the ending of the path.</summary>
internal sealed class OutputFile
{
    private readonly string _path;
    private readonly Func<Notebook, string, string> _write;

    /// <exception cref="UserErrorException">The ending is none of .ipynb, .html and .dib, or the path cannot be written to.</exception>
    public OutputFile(string path)
    {
        _write = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" => (notebook, source) => new NotebookPage(Path.GetDirectoryName(source)!).Render(notebook, Path.GetFileNameWithoutExtension(source)),
            ".ipynb" => (notebook, _) => notebook.ToIpynb(),
            ".dib" => (notebook, _) => notebook.ToDib(),
            _ => throw new UserErrorException($"'{path}' cannot be written: fednb writes .ipynb and .html, and .dib without outputs."),
        };
        _path = Path.GetFullPath(path);
        CheckWritable(path);
    }

    /// <summary>Before a notebook computes for minutes, not after.</summary>
    private void CheckWritable(string path)
    {
        if (Directory.Exists(_path)) throw new UserErrorException($"'{path}' cannot be written: it is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(_path))) throw new UserErrorException($"'{path}' cannot be written: its folder does not exist.");
        try
        {
            var existed = File.Exists(_path);
            using (new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            if (!existed) File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be written: {exception.Message}");
        }
    }

    /// <param name="notebook">The notebook.</param>
    /// <param name="source">The path of the file that it came from.</param>
    /// <exception cref="UserErrorException">The disk is full, or the like.</exception>
    public void Write(Notebook notebook, string source)
    {
        var text = _write(notebook, source);
        try
        {
            File.WriteAllText(_path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{_path}' cannot be written: {exception.Message}");
        }
    }
}
