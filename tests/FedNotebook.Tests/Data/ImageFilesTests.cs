using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

public class ImageFilesTests
{
    [Fact]
    public void Images_and_labels_are_read_as_torchvision_gives_them()
    {
        using var files = SomeFiles.Good();

        var dataset = datasets.MNIST(files.Root, train: true);

        Assert.Equal(5, dataset.Count);
        Assert.Equal(ScalarType.Byte, dataset.data.dtype);
        Assert.Equal([5, 2, 3], dataset.data.shape);
        Assert.Equal(SomeFiles.Pixels(30), dataset.data.data<byte>().ToArray());
        Assert.Equal(ScalarType.Int64, dataset.targets.dtype);
        Assert.Equal([0, 1, 2, 3, 4], dataset.targets.data<long>().ToArray());
    }

    [Fact]
    public void Files_packed_with_gzip_are_read_whatever_they_are_called()
    {
        using var files = SomeFiles.Good();
        files.Write(SomeFiles.Images, SomeFiles.Gzip(SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30))));
        files.Delete(SomeFiles.Labels);
        files.Write(SomeFiles.Labels + ".gz", SomeFiles.Gzip(SomeFiles.Idx([5], SomeFiles.Pixels(5))));

        Assert.Equal(SomeFiles.Pixels(30), datasets.MNIST(files.Root).data.data<byte>().ToArray());
    }

    [Theory]
    [InlineData("MNIST/raw")]
    [InlineData("mnist")]
    [InlineData("mnist/test_data")]
    public void Files_are_found_in_the_folders_where_others_put_them(string folder)
    {
        using var files = new SomeFiles();
        files.Write($"{folder}/{SomeFiles.Images}", SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30)));
        files.Write($"{folder}/{SomeFiles.Labels}", SomeFiles.Idx([5], SomeFiles.Pixels(5)));

        Assert.Equal(5, datasets.MNIST(files.Root).Count);
    }

    [Fact]
    public void The_test_images_have_files_of_their_own()
    {
        using var files = SomeFiles.Good();
        files.Write("t10k-images-idx3-ubyte", SomeFiles.Idx([2, 2, 3], SomeFiles.Pixels(12)));
        files.Write("t10k-labels-idx1-ubyte", SomeFiles.Idx([2], SomeFiles.Pixels(2)));

        Assert.Equal(2, datasets.FashionMNIST(files.Root, train: false).Count);
    }

    [Fact]
    public void Missing_files_are_named_with_every_place_and_what_to_do()
    {
        using var files = new SomeFiles();

        var error = Assert.Throws<FileNotFoundException>(() => datasets.MNIST(files.Root));

        Assert.Contains(SomeFiles.Images, error.Message);
        Assert.Contains(SomeFiles.Labels, error.Message);
        Assert.Contains(files.Root, error.Message);
        Assert.Contains(Path.Combine(files.Root, "MNIST", "raw"), error.Message);
        Assert.Contains("download: true", error.Message);
        Assert.DoesNotContain("\n", error.Message);
    }

    [Fact]
    public void An_empty_root_is_refused() =>
        Assert.Contains("root is empty", Assert.Throws<ArgumentException>(() => datasets.MNIST(" ")).Message);

    [Fact]
    public void A_file_that_ends_too_early_is_named()
    {
        using var files = SomeFiles.Good();
        var path = files.Write(SomeFiles.Images, SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(29)));

        Assert.Contains(path, Unreadable(files));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(15)]
    public void A_file_that_ends_within_its_header_is_named(int length)
    {
        using var files = SomeFiles.Good();
        var path = files.Write(SomeFiles.Images, SomeFiles.Idx([5, 2, 3], [])[..length]);

        Assert.Contains(path, Unreadable(files));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(12)]
    public void A_packed_file_that_was_cut_off_is_named(int missing)
    {
        using var files = SomeFiles.Good();
        var packed = SomeFiles.Gzip(SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30)));
        var path = files.Write(SomeFiles.Images, packed[..^missing]);

        Assert.Contains(path, Unreadable(files));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(6)]
    public void A_packed_file_with_a_flipped_bit_is_named(int fromTheEnd)
    {
        using var files = SomeFiles.Good();
        var packed = SomeFiles.Gzip(SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30)));
        packed[^fromTheEnd] ^= 4;
        var path = files.Write(SomeFiles.Images, packed);

        Assert.Contains(path, Unreadable(files));
    }

    [Fact]
    public void A_file_that_is_too_long_is_named()
    {
        using var files = SomeFiles.Good();
        var path = files.Write(SomeFiles.Images, SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(31)));

        Assert.Contains(path, Unreadable(files));
    }

    [Theory]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue)]
    [InlineData(2_000_000_000u, 1u, 1u)]
    [InlineData(65_536u, 65_536u, 4_294_967_295u)]
    public void Sizes_that_the_file_cannot_hold_are_refused_without_taking_memory(uint count, uint height, uint width)
    {
        using var files = SomeFiles.Good();
        var content = SomeFiles.Idx([count, height, width], SomeFiles.Pixels(30));
        var before = GC.GetTotalAllocatedBytes();

        files.Write(SomeFiles.Images, content);
        Assert.Contains("too short", Unreadable(files));
        files.Write(SomeFiles.Images, SomeFiles.Gzip(content));
        Assert.Contains("too short", Unreadable(files));

        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    [Fact]
    public void Sizes_of_zero_are_refused()
    {
        using var files = SomeFiles.Good();
        files.Write(SomeFiles.Images, SomeFiles.Idx([5, 0, 3], []));

        Assert.Contains("0", Unreadable(files));
    }

    [Fact]
    public void Labels_in_place_of_images_are_refused_with_both_beginnings()
    {
        using var files = SomeFiles.Good();
        files.Write(SomeFiles.Images, SomeFiles.Idx([5], SomeFiles.Pixels(5)));

        var message = Unreadable(files);
        Assert.Contains("00000803", message);
        Assert.Contains("00000801", message);
    }

    [Fact]
    public void Numbers_that_are_no_bytes_are_refused()
    {
        using var files = SomeFiles.Good();
        files.Write(SomeFiles.Images, SomeFiles.Idx([5, 2, 3], new byte[120], type: 0x0d));

        Assert.Contains("00000d03", Unreadable(files));
    }

    [Fact]
    public void A_web_page_in_place_of_the_images_is_refused()
    {
        using var files = SomeFiles.Good();
        var path = files.Write(SomeFiles.Images, "<html>Please log in to the network first.</html>"u8.ToArray());

        Assert.Contains(path, Unreadable(files));
    }

    [Fact]
    public void Images_and_labels_of_different_sets_are_refused()
    {
        using var files = SomeFiles.Good();
        files.Write(SomeFiles.Labels, SomeFiles.Idx([4], SomeFiles.Pixels(4)));

        var message = Unreadable(files);
        Assert.Contains("5 images", message);
        Assert.Contains("4 labels", message);
    }

    [Fact]
    public void Labels_out_of_range_are_refused()
    {
        using var files = SomeFiles.Good();
        files.Write(SomeFiles.Labels, SomeFiles.Idx([5], [0, 1, 2, 3, 10]));

        Assert.Contains("10", Unreadable(files));
    }

    private static string Unreadable(SomeFiles files) =>
        Assert.Throws<InvalidDataException>(() => datasets.MNIST(files.Root)).Message;

    [Theory]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte")]
    [InlineData("train-images-idx3-ubyte/train-images-idx3-ubyte", "train-labels-idx1-ubyte/train-labels-idx1-ubyte")]
    public void Files_are_found_under_the_names_that_mirrors_give_them(string images, string labels)
    {
        using var files = new SomeFiles();
        files.Write(images, SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30)));
        files.Write(labels, SomeFiles.Idx([5], SomeFiles.Pixels(5)));

        Assert.Equal(5, datasets.MNIST(files.Root).Count);
    }

    [Fact]
    public void Images_without_their_labels_are_named()
    {
        using var files = SomeFiles.Good();
        files.Delete(SomeFiles.Labels);

        Assert.Contains($"{Path.Combine(files.Root, SomeFiles.Images)} is alone", Assert.Throws<FileNotFoundException>(() => datasets.MNIST(files.Root)).Message);
    }

    [Fact]
    public void A_tilde_is_the_home_folder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        Assert.Contains(Path.Combine(home, "no such folder of mine"), Assert.Throws<FileNotFoundException>(() => datasets.MNIST("~/no such folder of mine")).Message);
    }

    [Fact]
    public void A_target_transform_changes_the_labels()
    {
        using var files = SomeFiles.Good();

        Assert.Equal([0L, 1, 0, 1, 0], Some.Longs(datasets.MNIST(files.Root, target_transform: label => label % 2).targets));
    }
}
