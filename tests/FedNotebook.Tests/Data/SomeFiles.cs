using System.Buffers.Binary;
using System.IO.Compression;

namespace FedNotebook.Tests.Data;

/// <summary>A folder of one's own with IDX files, deleted at the end.</summary>
internal sealed class SomeFiles : IDisposable
{
    internal const string Images = "train-images-idx3-ubyte";
    internal const string Labels = "train-labels-idx1-ubyte";

    internal string Root { get; } = Directory.CreateTempSubdirectory("fednotebook-").FullName;

    /// <summary>Five images of 2 x 3 pixels, counting up, with the labels 0 to 4.</summary>
    internal static SomeFiles Good()
    {
        var files = new SomeFiles();
        files.Write(Images, Idx([5, 2, 3], Pixels(30)));
        files.Write(Labels, Idx([5], Pixels(5)));
        return files;
    }

    internal static byte[] Pixels(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    internal static byte[] Idx(uint[] sizes, byte[] content, byte type = 8)
    {
        var header = new byte[4 + (4 * sizes.Length)];
        header[2] = type;
        header[3] = (byte)sizes.Length;
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);

        return [.. header, .. content];
    }

    internal static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }

    internal string Write(string file, byte[] content)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    internal void Delete(string file) => File.Delete(Path.Combine(Root, file));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
