namespace FedNotebook.Tests.Data;

public class DownloadTests
{
    private const string Variable = "FEDNOTEBOOK_DATASETS_URL";

    [Fact]
    public void Files_that_are_there_are_not_fetched()
    {
        using var files = SomeFiles.Good();
        using var mirror = new Mirror(_ => null);

        Assert.Equal(5, datasets.MNIST(files.Root, download: true).Count);
        Assert.Equal(0, mirror.Requests);
    }

    [Fact]
    public void What_is_not_the_published_file_is_refused_and_not_written()
    {
        using var files = new SomeFiles();
        using var mirror = new Mirror(_ => SomeFiles.Gzip(SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30))));

        var error = Assert.Throws<InvalidDataException>(() => datasets.MNIST(files.Root, download: true));

        Assert.Contains($"{mirror.Address}/mnist/{SomeFiles.Images}.gz", error.Message);
        Assert.Empty(Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_is_not_packed_is_refused()
    {
        using var files = new SomeFiles();
        using var mirror = new Mirror(_ => "<html>Please log in.</html>"u8.ToArray());

        Assert.Throws<InvalidDataException>(() => datasets.MNIST(files.Root, download: true));
    }

    [Fact]
    public void A_mirror_without_the_file_is_named_with_its_answer()
    {
        using var files = new SomeFiles();
        using var mirror = new Mirror(_ => null);

        var error = Assert.Throws<IOException>(() => datasets.MNIST(files.Root, download: true));

        Assert.Contains(mirror.Address, error.Message);
        Assert.Contains("404", error.Message);
        Assert.Contains(Variable, error.Message);
    }

    [Fact]
    public void A_mirror_that_does_not_answer_is_named()
    {
        using var files = new SomeFiles();
        using var mirror = new Mirror(_ => null);
        mirror.Stop();

        var error = Assert.Throws<IOException>(() => datasets.MNIST(files.Root, download: true));

        Assert.Contains(mirror.Address, error.Message);
    }

    [Theory]
    [InlineData("mirror.example")]
    [InlineData("file:///tmp")]
    public void An_address_that_is_none_is_named(string address)
    {
        using var files = new SomeFiles();
        using var variable = new ChosenAddress(address);

        var error = Assert.Throws<IOException>(() => datasets.MNIST(files.Root, download: true));

        Assert.Contains(Variable, error.Message);
        Assert.Contains(address, error.Message);
    }

    [Fact]
    public void The_published_files_are_fetched_once_however_the_mirror_packed_them()
    {
        var folder = Environment.GetEnvironmentVariable("FEDNOTEBOOK_TEST_MNIST");
        Assert.SkipWhen(folder is null, "FEDNOTEBOOK_TEST_MNIST does not name a folder with MNIST's files (.gz).");
        using var files = new SomeFiles();
        using var mirror = new Mirror(path => File.ReadAllBytes(folder + path["/mnist".Length..]));

        Assert.Equal([10_000, 28, 28], datasets.MNIST(files.Root, train: false, download: true).data.shape);
        Assert.Equal(10_000, datasets.MNIST(files.Root, train: false).Count);
        Assert.Equal(2, mirror.Requests);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(files.Root, "MNIST", "raw")).Length);
    }
}
