using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Reads IDX files of bytes, the format of MNIST: two zeros, the type, the rank, the sizes (32 bits, big-endian), the bytes.</summary>
internal static class IdxFile
{
    private const byte UnsignedByte = 0x08;

    // Deflate cannot shrink data more than this, so a small file that announces more is damaged, and nothing is allocated for it.
    private const int BestCompression = 1032;

    /// <summary>Reads a file, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">The number of dimensions it must have.</param>
    /// <returns>A tensor of bytes with the sizes that the file names.</returns>
    /// <exception cref="InvalidDataException">The file is not such a file, is damaged, or does not have the length that it announces.</exception>
    internal static Tensor Read(string path, int rank)
    {
        using var file = File.OpenRead(path);
        var packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using Stream content = packed ? new GZipStream(file, CompressionMode.Decompress) : file;

        var sizes = ReadHeader(content, path, rank);
        var length = sizes.Aggregate((Int128)1, (product, size) => product * size);
        var announced = $"the {string.Join(" x ", sizes)} bytes that it announces";
        var possible = packed ? (Int128)file.Length * BestCompression : file.Length - file.Position;
        if (length > possible || length > int.MaxValue)
            throw Damaged(path, $"it is too short for {announced}");

        using var bytes = empty(sizes, dtype: ScalarType.Byte);
        var read = Fill(bytes.bytes, content, path);
        if (read < length) throw Damaged(path, $"it ends after {read} of {announced}");

        // Reading on also makes gzip check its sum.
        if (Fill(stackalloc byte[1], content, path) > 0)
            throw Damaged(path, $"it is longer than {announced}");

        return bytes.alias();
    }

    private static long[] ReadHeader(Stream content, string path, int rank)
    {
        Span<byte> header = stackalloc byte[4 + (4 * rank)];
        var read = Fill(header, content, path);
        ReadOnlySpan<byte> magic = [0, 0, UnsignedByte, (byte)rank];
        if (read >= 4 && !header.StartsWith(magic))
        {
            throw Damaged(
                path,
                $"an IDX file of bytes in {rank} dimension{(rank == 1 ? "" : "s")} begins with {Convert.ToHexStringLower(magic)}, " +
                $"this one with {Convert.ToHexStringLower(header[..4])}");
        }

        if (read < header.Length) throw Damaged(path, $"it ends within its header, after {read} bytes");

        var sizes = new long[rank];
        for (var i = 0; i < rank; i++)
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + (4 * i))..]);

        return sizes.Contains(0) ? throw Damaged(path, "one of its sizes is 0, so there is nothing in it") : sizes;
    }

    private static int Fill(Span<byte> buffer, Stream content, string path)
    {
        try
        {
            return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(path, "its gzip data are broken", exception);
        }
    }

    private static InvalidDataException Damaged(string path, string what, Exception? cause = null) =>
        new($"The data file {path} cannot be read: {what}. Replace it by a good copy.", cause);
}
