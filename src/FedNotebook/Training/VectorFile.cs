using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Vectors in a file of this process: memory holds where they lie, not what is in them. A place that is free again serves the next vector of that length, so the
/// file is as long as the most that it had to hold at one time. Nobody else can open it, and it is gone when the process ends or the file is collected.
/// </summary>
internal sealed class VectorFile
{
    private readonly Lock door = new();
    private readonly Dictionary<long, Stack<long>> freePlaces = [];
    private readonly FileStream file;
    private readonly string folder;
    private long end;

    /// <summary>Makes the file among the temporary ones.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public VectorFile()
    {
        folder = Path.GetTempPath();
        var path = Path.Combine(folder, $"fednotebook-{Guid.NewGuid():n}.vectors");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0 };
        if (OperatingSystem.IsWindows()) options.Options = FileOptions.DeleteOnClose;
        else options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows()) File.Delete(path); // an open file lives on without its name
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(error);
        }
    }

    /// <summary>The length of the file in bytes.</summary>
    public long Length => end;

    /// <summary>Writes a tensor.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public StoredVector Write(Tensor tensor)
    {
        using var whole = tensor.detach().contiguous();
        var bytes = whole.bytes;
        var vector = new StoredVector(this, Place(bytes.Length), bytes.Length, tensor.dtype, tensor.shape);
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, vector.Place);
            return vector;
        }
        catch (IOException error)
        {
            Free(vector);
            throw NoRoom(error);
        }
    }

    /// <summary>Reads a tensor, a new one each time. Several threads may read at once.</summary>
    /// <exception cref="ObjectDisposedException">It was freed.</exception>
    public Tensor Read(StoredVector vector)
    {
        var tensor = empty(vector.Shape, dtype: vector.Type);
        var rest = tensor.bytes;
        for (var at = vector.Place; rest.Length > 0;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, rest, at);
            if (read == 0) throw new EndOfStreamException($"A temporary file in {folder} became shorter.");
            rest = rest[read..];
            at += read;
        }

        if (!vector.IsFree) return tensor; // it is marked before its place is written again
        tensor.Dispose();
        throw new ObjectDisposedException(nameof(StrategyState), "This state is of a round that is over: what it knew of single clients is gone. Ask the state of the present round.");
    }

    /// <summary>Gives a tensor's place to those that come.</summary>
    public void Free(StoredVector vector)
    {
        lock (door)
        {
            if (vector.IsFree) return;
            vector.IsFree = true;
            if (!freePlaces.TryGetValue(vector.Length, out var places)) freePlaces.Add(vector.Length, places = []);
            places.Push(vector.Place);
        }
    }

    private long Place(long length)
    {
        lock (door)
        {
            if (freePlaces.TryGetValue(length, out var places) && places.TryPop(out var place)) return place;
            end += length;
            return end - length;
        }
    }

    private IOException NoRoom(Exception cause) => new(
        $"What is remembered of single clients lies in a file in {folder}, and that cannot be written: {cause.Message.TrimEnd('.')}. "
        + "Name a folder with more room in the environment variable TMPDIR (on Windows TMP)", cause);
}
