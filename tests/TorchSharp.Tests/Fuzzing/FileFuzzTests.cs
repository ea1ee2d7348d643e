using static TorchSharp.torch;

namespace TorchSharp.Tests.Fuzzing;

/// <summary>Files of tensors and modules, cut off, changed and made up: they are read or refused in words, and nothing big is allocated on their word.</summary>
public class FileFuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("FED_FUZZ_SECONDS"), out var seconds) ? seconds * 1000 : 4000;

    [Fact]
    public void A_file_that_ends_too_early_is_refused_wherever_it_ends()
    {
        var tensor = Bytes(s => rand(3, 5).Save(s));
        for (var length = 0; length < tensor.Length; length++)
            Assert.Throws<InvalidDataException>(() => Tensor.Load(new MemoryStream(tensor, 0, length)));

        using var module = SomeModule();
        var file = Bytes(s => module.save(s));
        var before = module.parameters().Select(p => p.clone()).ToArray();
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => module.load(new MemoryStream(file, 0, length)));
        Assert.All(module.parameters().Zip(before), p => Assert.True(p.First.Equals(p.Second), "a file that is refused changes nothing"));
    }

    [Fact]
    public void Changed_and_random_bytes_are_read_or_refused_in_words()
    {
        var random = new Random(20261122);
        using var module = SomeModule();
        using var optimizer = optim.Adam(module.parameters(), amsgrad: true);
        byte[][] files = [Bytes(s => rand(3, 5).Save(s)), Bytes(s => tensor(new long[] { 1, 2 }).Save(s)), Bytes(s => module.save(s)), Bytes(s => optimizer.save_state_dict(new BinaryWriter(s))), []];
        int read = 0, refused = 0;
        for (var i = 0; i < Rounds; i++)
        {
            using var scope = NewDisposeScope();
            var bytes = Mutated(files[random.Next(files.Length)], random);
            try
            {
                // From a stream without a known length, too.
                using Stream stream = random.Next(2) == 0 ? new MemoryStream(bytes) : new System.IO.Compression.BrotliStream(Packed(bytes), System.IO.Compression.CompressionMode.Decompress);
                var which = random.Next(3);
                if (which == 0) Tensor.Load(stream);
                else if (which == 1) optimizer.load_state_dict(new BinaryReader(stream));
                else module.load(stream, strict: random.Next(2) == 0);
                read++;
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException or ArgumentException or System.Runtime.InteropServices.ExternalException)
            {
                refused++;
                Assert.Matches(@"\w+ \w+ \w+", e.Message.Split('\n')[0]);
                Assert.DoesNotContain("INTERNAL ASSERT", e.Message);
            }
        }

        Assert.True(read > Rounds / 50 && refused > Rounds / 4, $"{read} were read, {refused} refused: the files are not mixed enough");
    }

    [Theory]
    [InlineData("terabytes", new byte[] { 6, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0x80, 0x80, 0x01 })]
    [InlineData("a size beyond 64 bits", new byte[] { 6, 3, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f })]
    [InlineData("zero of an absurd size", new byte[] { 6, 3, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f })]
    [InlineData("a negative size", new byte[] { 6, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData("a million dimensions", new byte[] { 6, 0xc0, 0x84, 0x3d })]
    [InlineData("an unknown type", new byte[] { 99, 0, 0, 0, 0, 0 })]
    [InlineData("a number without an end", new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public void A_hostile_file_is_refused(string what, byte[] bytes)
    {
        foreach (var seekable in new[] { true, false })
        {
            using Stream stream = seekable ? new MemoryStream(bytes) : new System.IO.Compression.BrotliStream(Packed(bytes), System.IO.Compression.CompressionMode.Decompress);
            var error = Record.Exception(() => Tensor.Load(stream));
            Assert.True(error is InvalidDataException or System.Runtime.InteropServices.ExternalException, $"{what}: {error}");
        }
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        Assert.Contains("nowhere.dat", Assert.Throws<FileNotFoundException>(() => Tensor.Load("nowhere.dat")).Message);
        Assert.Contains("nowhere.dat", Assert.Throws<FileNotFoundException>(() => SomeModule().load("nowhere.dat")).Message);
        Assert.Contains(Path.GetTempPath(), Assert.ThrowsAny<Exception>(() => ones(2).Save(Path.GetTempPath())).Message);
    }

    private static nn.Module<Tensor, Tensor> SomeModule() => nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1));

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static MemoryStream Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(bytes);
        packed.Position = 0;
        return packed;
    }

    private static byte[] Mutated(byte[] source, Random random)
    {
        var bytes = new List<byte>(source);
        for (var n = random.Next(source.Length == 0 ? 40 : 4); n >= 0; n--)
        {
            var at = random.Next(random.Next(2) == 0 ? Math.Min(24, bytes.Count + 1) : bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1 when at < bytes.Count: bytes.RemoveAt(at); break;
                case 2 when at < bytes.Count && random.Next(3) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.Insert(at, (byte)(random.Next(3) == 0 ? 0xff : random.Next(256))); break;
            }
        }

        return bytes.ToArray();
    }
}
