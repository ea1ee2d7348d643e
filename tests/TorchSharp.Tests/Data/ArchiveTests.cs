using static TorchSharp.torch;

namespace TorchSharp.Tests.Data;

public sealed class ArchiveTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string File(string name = "tensor.pt") => Path.Combine(folder, name);

    public static TheoryData<ScalarType> Types => [.. Enum.GetValues<ScalarType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_tensor_of_every_type_comes_back_as_it_was(ScalarType type)
    {
        var t = (rand(3, 4) * 100).to_type(type);
        save(t, File());
        var back = load(File());
        Assert.Equal(type, back.dtype);
        Assert.True(t.Equals(back));
    }

    [Fact]
    public void Views_empty_tensors_and_single_numbers_come_back()
    {
        foreach (var t in (Tensor[])[arange(24).reshape(2, 3, 4).transpose(0, 2)[1..], zeros(0, 3), tensor(5), arange(6)[TensorIndex.Slice(1, null, 2)], ones(1).expand(4, 5)])
        {
            t.save(File());
            var back = Tensor.load(File());
            Assert.Equal(t.shape, back.shape);
            Assert.Equal(t.stride(), back.stride());
            Assert.True(t.Equals(back));
        }
    }

    [Fact]
    public void A_tensor_that_requires_a_gradient_still_does()
    {
        var t = ones(2, requires_grad: true);
        t.save(File());
        var back = load(File());
        Assert.True(back.requires_grad);
        (back * 3).sum().backward();
        Assert.Equal([3, 3], back.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Python_reads_what_is_written_here_and_the_other_way_round()
    {
        PythonTorch.SkipIfMissing();
        arange(6, dtype: float64).reshape(2, 3).t().save(File("ours.pt"));
        var lines = PythonTorch.Run("archives.py", [folder]);
        Assert.Equal("[[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]", lines[0]);
        foreach (var (name, values, shape) in (((string, double[], long[])[])[
            ("plain", [1, 2, 3, 4], [2, 2]), ("view", [4, 7, 5, 8], [2, 2]), ("parameter", [1, 1], [2]), ("half", [0.5, -1.5], [2]), ("bool", [1, 0], [2]), ("empty", [], [0, 3])]))
        {
            var t = load(File(name + ".pt"));
            Assert.Equal(shape, t.shape);
            Assert.Equal(values, t.to_type(ScalarType.Float64).detach().reshape(-1).data<double>().ToArray());
            Assert.Equal(name == "parameter", t.requires_grad);
        }

        Assert.Contains("dictionary", Assert.Throws<InvalidDataException>(() => load(File("dictionary.pt"))).Message);
        Assert.Contains("list", Assert.Throws<InvalidDataException>(() => load(File("list.pt"))).Message);
        Assert.Contains("os.system", Assert.Throws<InvalidDataException>(() => load(File("hostile.pt"))).Message.Replace("posix.", "os."));
        Assert.Contains("before version 1.6", Assert.Throws<InvalidDataException>(() => load(File("old.pt"))).Message);
        Assert.Contains("Tensor.Load", Assert.Throws<InvalidDataException>(() => load(File("foreign.pt"))).Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("nowhere.pt", Assert.Throws<FileNotFoundException>(() => load(File("nowhere.pt"))).Message);
        Assert.Throws<ArgumentNullException>(() => load(null!));
        Assert.Throws<ArgumentNullException>(() => save(null!, File()));
    }

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        rand(5, 7).save(File());
        var whole = System.IO.File.ReadAllBytes(File());
        for (var length = 0; length < whole.Length; length += 3)
        {
            System.IO.File.WriteAllBytes(File("cut.pt"), whole[..length]);
            Assert.Contains("cut.pt", Assert.Throws<InvalidDataException>(() => load(File("cut.pt"))).Message);
        }
    }

    [Fact]
    public void A_file_with_changed_bytes_is_read_or_refused_with_a_sentence()
    {
        arange(6).reshape(2, 3).save(File());
        var whole = System.IO.File.ReadAllBytes(File());
        var random = new Random(3);
        for (var round = 0; round < 1000; round++)
        {
            var changed = (byte[])whole.Clone();
            for (var i = random.Next(1, 6); i > 0; i--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            System.IO.File.WriteAllBytes(File("changed.pt"), changed);
            try
            {
                using var t = load(File("changed.pt"));
                using var sum = t.sum();
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("changed.pt", e.Message);
            }
        }
    }
}
