using System.IO.Compression;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Data;

/// <summary>
/// Archives that are whole as zip files, but whose description is made up: changed, cut off, bombs, sizes beyond everything. FED_FUZZ_SECONDS makes the
/// test longer, FED_FUZZ_SEED another.
/// </summary>
public sealed class ArchiveFuzzTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;

    [Fact]
    public void Whatever_the_description_says_the_archive_is_read_or_refused_in_words()
    {
        var random = new Random(Setting("FED_FUZZ_SEED", 20261122));
        var sources = new[] { arange(6, ScalarType.Float32).reshape(2, 3), arange(24).reshape(2, 3, 4).transpose(0, 2)[1..], zeros(0, 3), ones(2, requires_grad: true) }.Select(Records).ToArray();
        var rounds = Setting("FED_FUZZ_SECONDS", 2) * 1000;
        int read = 0, refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            using var scope = NewDisposeScope();
            var records = new Dictionary<string, byte[]>(sources[random.Next(sources.Length)]);
            var name = records.Keys.Single(k => k.EndsWith("/data.pkl"));
            records[name] = Changed(records[name], random);
            if (random.Next(8) == 0) records.Remove(records.Keys.ElementAt(random.Next(records.Count)));
            Write(records, random.Next(20) == 0 ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            try
            {
                var tensor = load(file);
                Assert.True(tensor.numel() <= 1000);
                Assert.NotEmpty(tensor.str());
                read++;
            }
            catch (Exception e) when (e is InvalidDataException or ExternalException)
            {
                refused++;
                Assert.Matches(@"\w+ \w+ \w+", e.Message.Split('\n')[0]);
                Assert.DoesNotContain("INTERNAL ASSERT", e.Message);
                Assert.DoesNotContain("report a bug", e.Message);
            }
        }

        Assert.True(read > rounds / 50 && refused > rounds / 4, $"{read} were read, {refused} refused: the files are not mixed enough");
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        var records = Records(ones(2));
        foreach (var name in records.Keys.Where(k => k.EndsWith("/data.pkl") || k.Contains("/data/")).ToArray())
        {
            var bomb = new Dictionary<string, byte[]>(records) { [name] = new byte[200 << 20] };
            Write(bomb, CompressionLevel.Fastest);
            var before = GC.GetTotalAllocatedBytes();
            Assert.Matches("impossible size|too long", Assert.Throws<InvalidDataException>(() => load(file)).Message);
            Assert.True(GC.GetTotalAllocatedBytes() - before < 10 << 20);
        }
    }

    [Fact]
    public void A_description_that_nests_a_million_times_or_doubles_forty_times_is_refused()
    {
        var records = Records(ones(2));
        var name = records.Keys.Single(k => k.EndsWith("/data.pkl"));
        byte[][] descriptions =
        [
            [0x80, 2, .. Enumerable.Repeat((byte)'(', 1_000_000), .. Enumerable.Repeat((byte)'t', 1_000_000), (byte)'.'],
            [0x80, 2, (byte)')', .. Enumerable.Repeat((byte)0x85, 1_000_000), (byte)'.'],
            [0x80, 2, (byte)')', .. Enumerable.Range(0, 40).SelectMany(i => new byte[] { (byte)'q', (byte)i, (byte)'h', (byte)i, 0x86 }), (byte)'.'],
            [0x80, 2, .. Enumerable.Repeat((byte)'}', 1_000_000), (byte)'.'],
            [0x80, 2, (byte)'X', 0xff, 0xff, 0xff, 0x7f, (byte)'.'],
        ];
        foreach (var description in descriptions)
        {
            Write(new(records) { [name] = description }, CompressionLevel.NoCompression);
            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => load(file)).Message);
        }
    }

    private Dictionary<string, byte[]> Records(Tensor tensor)
    {
        tensor.save(file);
        using var zip = ZipFile.OpenRead(file);
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var stream = e.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        });
    }

    private void Write(Dictionary<string, byte[]> records, CompressionLevel level)
    {
        using var stream = File.Create(file);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (name, bytes) in records)
        {
            using var entry = zip.CreateEntry(name, level).Open();
            entry.Write(bytes);
        }
    }

    // Numbers of the description become great, negative or others; opcodes come, go and change places.
    private static byte[] Changed(byte[] source, Random random)
    {
        var bytes = new List<byte>(source);
        for (var n = random.Next(4); n >= 0; n--)
        {
            if (bytes.Count == 0) break;
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, (byte)"().NKMJGXcqrhjtsuaeQRb}]\u0085\u0086\u0087\u0088\u0089\u008a\u0081"[random.Next(31)]); break;
                case 3 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                default:
                    // A small number becomes a great one: K n -> J or a number of eight bytes.
                    var place = bytes.FindIndex(at, b => b == 'K');
                    if (place < 0 || place + 1 >= bytes.Count) break;
                    bytes.RemoveRange(place, 2);
                    var great = random.Next(3) switch { 0 => random.NextInt64(), 1 => -random.NextInt64(1000), _ => 1L << random.Next(63) };
                    bytes.InsertRange(place, random.Next(3) == 0 ? [(byte)'J', .. BitConverter.GetBytes((int)great)] : [0x8a, 8, .. BitConverter.GetBytes(great)]);
                    break;
            }
        }

        return bytes.Count == 0 ? [0] : bytes.ToArray();
    }
}
