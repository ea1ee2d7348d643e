using System.IO.Compression;
using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>
/// The zip archive of one tensor that libtorch and Python write. It is written by libtorch itself (Python reads it with <c>torch.jit.load</c>, as it
/// reads the real package's); it is read here, because libtorch's reader believes what a file says, and a hostile one ends the process.
/// Both libtorch's form and that of Python's <c>torch.save</c> of a tensor are read.
/// </summary>
internal static class TorchArchive
{
    private const int MaxDescription = 1 << 24;

    public static void Write(Tensor tensor, string location)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        WholeFile.Write(location, stream => Write(tensor, stream, location));
    }

    private static unsafe void Write(Tensor tensor, Stream stream, string location)
    {
        var handle = tensor.Handle;
        var state = new Writing(stream);
        var context = GCHandle.Alloc(state);
        try
        {
            var status = Shim.fed_save(handle, &Piece, GCHandle.ToIntPtr(context));
            if (state.Failure is { } failure) throw new IOException($"'{location}' could not be written: {failure.Message}", failure);
            Shim.Check(status);
        }
        finally
        {
            context.Free();
            GC.KeepAlive(tensor);
        }
    }

    private sealed class Writing(Stream stream)
    {
        public Stream Stream { get; } = stream;
        public Exception? Failure { get; set; }
    }

    [UnmanagedCallersOnly]
    private static unsafe int Piece(byte* data, nuint length, nint context)
    {
        var state = (Writing)GCHandle.FromIntPtr(context).Target!;
        try
        {
            for (nuint done = 0; done < length; done += int.MaxValue)
                state.Stream.Write(new ReadOnlySpan<byte>(data + done, (int)Math.Min(int.MaxValue, length - done)));
            return 0;
        }
        catch (Exception e)
        {
            state.Failure = e;
            return -1;
        }
    }

    public static Tensor Read(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (!File.Exists(location)) throw new FileNotFoundException($"There is no file '{location}' to load a tensor from.", location);
        using var stream = File.OpenRead(location);
        if (Foreign(stream) is { } reason) throw new InvalidDataException($"'{location}' is not an archive that torch.save wrote: {reason}");
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return Read(zip, stream.Length);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{location}' cannot be loaded: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"'{location}' cannot be loaded: it is damaged. {e.Message}", e);
        }
    }

    private static string? Foreign(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        var read = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read == 0) return "it is empty.";
        if (read == 4 && start.SequenceEqual("PK\x03\x04"u8)) return null;
        if (read >= 2 && start[0] == 0x80) return "it may be Python's format from before version 1.6. Save it again there with a newer torch.";
        return "what Tensor.Save wrote is read with Tensor.Load, and what a module's save wrote with the module's load.";
    }

    private static Tensor Read(ZipArchive zip, long size)
    {
        var description = zip.Entries.FirstOrDefault(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal) && e.FullName.Count(c => c == '/') == 1)
            ?? throw TensorFile.Damaged("it has no record data.pkl");
        var root = description.FullName[..^"data.pkl".Length];
        if (description.Length > MaxDescription) throw TensorFile.Damaged("its description is too long for a tensor's");
        var found = Pickle.Read(Bytes(description, size));
        if (zip.GetEntry(root + "byteorder") is { } order && Bytes(order, size) is not [(byte)'l', ..])
            throw new InvalidDataException("it was written on a machine with another order of bytes.");
        var record = zip.GetEntry(root + "data/" + found.Storage.Key) ?? throw TensorFile.Damaged($"it has no record 'data/{found.Storage.Key}'");
        Plausible(record, size);
        var held = record.Length / found.Storage.Type.ElementSize();
        if (found.Reach > held) throw TensorFile.Damaged($"it describes a tensor of {found.Reach} elements, but holds {held}");
        var tensor = found.Plain ? empty(found.Shape, found.Storage.Type) : empty([held], found.Storage.Type);
        try
        {
            using var reader = new BinaryReader(record.Open());
            TensorFile.Fill(reader, tensor);
            if (!found.Plain)
            {
                using var storage = tensor;
                tensor = storage.as_strided(found.Shape, found.Strides, found.Offset);
            }

            if (found.RequiresGrad && (is_floating_point(found.Storage.Type) || is_complex(found.Storage.Type))) tensor.requires_grad = true;
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    // PyTorch compresses nothing, so that no record can be bigger than the file.
    private static void Plausible(ZipArchiveEntry entry, long size)
    {
        if (entry.CompressedLength != entry.Length || entry.Length > size) throw TensorFile.Damaged($"its record '{entry.FullName}' has an impossible size");
    }

    private static byte[] Bytes(ZipArchiveEntry entry, long size)
    {
        Plausible(entry, size);
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw TensorFile.Damaged("it ends too early");
        return bytes;
    }
}
