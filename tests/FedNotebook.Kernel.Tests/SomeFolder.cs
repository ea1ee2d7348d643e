namespace FedNotebook.Kernel.Tests;

/// <summary>A folder of its own for a test, gone afterwards.</summary>
public sealed class SomeFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fednb-test-").FullName;

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = At(name);
        File.WriteAllText(path, text);
        return path;
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Read(string name) => File.ReadAllText(At(name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
