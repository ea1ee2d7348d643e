using System.Text;
using System.Text.Json;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>
/// Where the cells of all sessions are kept, a line of JSON each. Several kernels may write at once; where nothing can be written, the history
/// is this session's only.
/// </summary>
internal sealed class HistoryFile(string path)
{
    private const int Most = 10_000, LongestOutput = 2_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private const int Attempts = 100;
    private bool _isUsable = true;

    /// <summary>In Jupyter's folder for data: where it is moved, the history is moved too.</summary>
    public static HistoryFile OfThisUser() => new(Path.Combine(JupyterFolders.UserData(), "fednb", "history.jsonl"));

    /// <summary>Begins a session: its number, and the cells of those before it.</summary>
    public (int Session, List<HistoryEntry> Entries) Begin()
    {
        var session = 1;
        List<HistoryEntry> entries = [];
        Use(file =>
        {
            (session, entries) = Read(file);
            if (entries.Count > Most) Rewrite(file, entries = entries[^(Most / 2)..]);
            Write(file, new HistoryEntry(++session, 0, "", null));
        });
        return (session, entries);
    }

    public void Append(HistoryEntry entry) =>
        Use(file => Write(file, entry with { Output = entry.Output is { Length: > LongestOutput } output ? output[..LongestOutput] + "…" : entry.Output }));

    /// <summary>What stands in the file; a line that another program has spoilt is left out.</summary>
    private static (int Session, List<HistoryEntry> Entries) Read(FileStream file)
    {
        var last = 0;
        List<HistoryEntry> entries = [];
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            try
            {
                if (JsonSerializer.Deserialize<HistoryEntry>(line) is not { Input: not null } entry) continue;
                last = Math.Max(last, entry.Session);
                // Line 0 says that a session began: its number is taken, whether a cell ran in it or not.
                if (entry.Line > 0) entries.Add(entry);
            }
            catch (JsonException)
            {
            }
        }

        return (last, entries);
    }

    private static void Rewrite(FileStream file, List<HistoryEntry> entries)
    {
        file.SetLength(0);
        foreach (var entry in entries) Write(file, entry);
    }

    private static void Write(FileStream file, HistoryEntry entry)
    {
        file.Seek(0, SeekOrigin.End);
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry), (byte)'\n']);
    }

    /// <summary>Opens the file for this process alone; another kernel is done with it in a moment.</summary>
    private void Use(Action<FileStream> use)
    {
        for (var attempt = 1; _isUsable; attempt++)
        {
            try
            {
                using var file = Open();
                use(file);
                return;
            }
            catch (IOException exception) when (attempt < Attempts && exception is not DirectoryNotFoundException and not PathTooLongException && File.Exists(path))
            {
                Thread.Sleep(Pause);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                _isUsable = false;
                Protocol.Log($"The history of cells is not kept: {exception.Message}");
            }
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        // Cells may hold what is nobody else's business.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }
}
