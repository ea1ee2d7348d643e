using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly SomeFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Two_files_of_ones_own_become_a_data_set()
    {
        var dataset = datasets.IDX(
            files.Write("letters", SomeFiles.Gzip(SomeFiles.Idx([3, 2], SomeFiles.Pixels(6)))), files.Write("names", SomeFiles.Idx([3], [26, 0, 200])), transforms.Lambda(x => x * 2));

        Assert.Equal([3, 2], dataset.data.shape);
        Assert.Equal([26L, 0, 200], Some.Longs(dataset.targets));
        Assert.Equal([4, 6], dataset[1].data.data<byte>().ToArray());
    }

    [Theory]
    [InlineData(0x08, new byte[] { 255, 1 }, ScalarType.Byte, new double[] { 255, 1 })]
    [InlineData(0x09, new byte[] { 255, 1 }, ScalarType.Int8, new double[] { -1, 1 })]
    [InlineData(0x0B, new byte[] { 255, 254, 1, 0 }, ScalarType.Int16, new double[] { -2, 256 })]
    [InlineData(0x0C, new byte[] { 255, 255, 255, 254, 0, 1, 0, 0 }, ScalarType.Int32, new double[] { -2, 65536 })]
    [InlineData(0x0D, new byte[] { 0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0 }, ScalarType.Float32, new[] { 1.5, -2 })]
    [InlineData(0x0E, new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, ScalarType.Float64, new[] { 1.5, -2 })]
    public void All_types_of_the_format_are_read(int type, byte[] content, ScalarType expected, double[] numbers)
    {
        var dataset = datasets.IDX(files.Write("data", SomeFiles.Idx([2], content, (byte)type)), files.Write("targets", SomeFiles.Idx([2], SomeFiles.Pixels(2))));

        Assert.Equal(expected, dataset.data.dtype);
        Assert.Equal(numbers, dataset.data.to(ScalarType.Float64).data<double>().ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(255)]
    public void Sizes_whose_product_no_number_holds_are_refused(int rank)
    {
        var good = files.Write("good", SomeFiles.Idx([3], SomeFiles.Pixels(3)));
        var huge = files.Write("huge", SomeFiles.Idx([.. Enumerable.Repeat(1u << 31, rank)], SomeFiles.Pixels(3)));

        Assert.Contains("too short", Assert.Throws<InvalidDataException>(() => datasets.IDX(huge, good)).Message);
    }

    [Fact]
    public void What_is_no_such_file_is_named()
    {
        var good = files.Write("good", SomeFiles.Idx([3], SomeFiles.Pixels(3)));

        Assert.Contains("3 items and", Assert.Throws<InvalidDataException>(() => datasets.IDX(good, files.Write("two", SomeFiles.Idx([2], SomeFiles.Pixels(2))))).Message);
        Assert.Contains("begins with two zeros", Assert.Throws<InvalidDataException>(() => datasets.IDX(files.Write("type", SomeFiles.Idx([3], SomeFiles.Pixels(3), 0x0A)), good)).Message);
        Assert.Contains("begins with two zeros", Assert.Throws<InvalidDataException>(() => datasets.IDX(files.Write("page", "<html>"u8.ToArray()), good)).Message);
        Assert.Contains("within its header, after 3 bytes", Assert.Throws<InvalidDataException>(() => datasets.IDX(files.Write("short", [0, 0, 8]), good)).Message);
        Assert.Contains("too short for the 3 32-bit floats", Assert.Throws<InvalidDataException>(() => datasets.IDX(files.Write("cut", SomeFiles.Idx([3], SomeFiles.Pixels(11), 0x0D)), good)).Message);
        Assert.Throws<FileNotFoundException>(() => datasets.IDX(good, good + "-none"));
    }
}
