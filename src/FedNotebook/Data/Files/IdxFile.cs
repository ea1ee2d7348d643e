using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Reads IDX files, the format of MNIST: two zeros, the type, the rank, the sizes (32 bits, big-endian), the numbers (big-endian).</summary>
internal static class IdxFile
{
    private const byte UnsignedByte = 0x08;

    // Deflate cannot shrink data more than this, so a small file that announces more is damaged, and nothing is allocated for it.
    private const int BestCompression = 1032;

    private static readonly Dictionary<byte, (ScalarType type, int bytes, string name)> Types = new()
    {
        [UnsignedByte] = (ScalarType.Byte, 1, "bytes"),
        [0x09] = (ScalarType.Int8, 1, "signed bytes"),
        [0x0B] = (ScalarType.Int16, 2, "16-bit integers"),
        [0x0C] = (ScalarType.Int32, 4, "32-bit integers"),
        [0x0D] = (ScalarType.Float32, 4, "32-bit floats"),
        [0x0E] = (ScalarType.Float64, 8, "64-bit floats"),
    };

    /// <summary>Reads a file of any type and rank, packed with gzip or not.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not such a file, is damaged, or does not have the length that it announces.</exception>
    internal static Tensor Read(string path) =>
        File.Exists(path) ? Read(path, bytesOfRank: null) : throw new FileNotFoundException($"There is no file {path}.", path);

    /// <summary>Reads a file of bytes, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">The number of dimensions it must have.</param>
    /// <returns>A tensor of bytes with the sizes that the file names.</returns>
    /// <exception cref="InvalidDataException">The file is not such a file, is damaged, or does not have the length that it announces.</exception>
    internal static Tensor ReadBytes(string path, int rank) => Read(path, rank);

    private static Tensor Read(string path, int? bytesOfRank)
    {
        using var file = File.OpenRead(path);
        var packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using Stream content = packed ? new GZipStream(file, CompressionMode.Decompress) : file;

        var (type, sizes) = ReadHeader(content, path, bytesOfRank);
        var length = sizes.Aggregate((Int128)type.bytes, (product, size) => Int128.Min(product * size, long.MaxValue)); // up to 255 sizes of 32 bits each
        var announced = $"the {string.Join(" x ", sizes)} {type.name} that it announces";
        var possible = packed ? (Int128)file.Length * BestCompression : file.Length - file.Position;
        if (length > possible) throw Damaged(path, $"it is too short for {announced}");
        if (length > int.MaxValue) throw new InvalidDataException($"The data file {path} cannot be read: it holds more than {int.MaxValue} bytes. Cut it into several.");

        using var numbers = empty(sizes, dtype: type.type);
        var read = Fill(numbers.bytes, content, path);
        if (read < length) throw Damaged(path, $"it ends after {read} bytes of {announced}");

        // Reading on also makes gzip check its sum.
        if (Fill(stackalloc byte[1], content, path) > 0)
            throw Damaged(path, $"it is longer than {announced}");

        ToThisMachine(numbers.bytes, type.bytes);
        return numbers.alias();
    }

    private static ((ScalarType type, int bytes, string name) type, long[] sizes) ReadHeader(Stream content, string path, int? bytesOfRank)
    {
        Span<byte> magic = stackalloc byte[4];
        var read = Fill(magic, content, path);
        if (read == magic.Length && bytesOfRank is { } rank && !magic.SequenceEqual((ReadOnlySpan<byte>)[0, 0, UnsignedByte, (byte)rank]))
        {
            throw Damaged(
                path,
                $"an IDX file of bytes in {rank} dimension{(rank == 1 ? "" : "s")} begins with 0000080{rank}, this one with {Convert.ToHexStringLower(magic)}");
        }

        if (read == magic.Length && (magic[0] != 0 || magic[1] != 0 || !Types.ContainsKey(magic[2]) || magic[3] == 0))
            throw Damaged(path, $"an IDX file begins with two zeros, a type (08, 09, 0b to 0e) and the number of dimensions, this one with {Convert.ToHexStringLower(magic)}");

        var header = new byte[4 * magic[3]];
        if (read == magic.Length) read += Fill(header, content, path);
        if (read < magic.Length + header.Length) throw Damaged(path, $"it ends within its header, after {read} bytes");

        var sizes = new long[magic[3]];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * i));

        return sizes.Contains(0) ? throw Damaged(path, "one of its sizes is 0, so there is nothing in it") : (Types[magic[2]], sizes);
    }

    private static void ToThisMachine(Span<byte> bytes, int each)
    {
        if (!BitConverter.IsLittleEndian) return;
        for (var first = 0; first < bytes.Length && each > 1; first += each) bytes.Slice(first, each).Reverse();
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
