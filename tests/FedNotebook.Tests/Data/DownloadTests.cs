using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace FedNotebook.Tests.Data;

public class DownloadTests
{
    private const string Variable = "FEDNOTEBOOK_DATASETS_URL";

    /// <summary>A collection whose published files are those of <see cref="SomeFiles"/>.</summary>
    private static readonly ImageCollection Tiny = new("Tiny", "tiny", "http://127.0.0.1:9/", null, null, new Dictionary<string, string>
    {
        [SomeFiles.Images] = Convert.ToHexStringLower(SHA256.HashData(SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30)))),
        [SomeFiles.Labels] = Convert.ToHexStringLower(SHA256.HashData(SomeFiles.Idx([5], SomeFiles.Pixels(5)))),
    });

    private static byte[]? Published(string path) => path switch
    {
        "/tiny/train-images-idx3-ubyte.gz" => SomeFiles.Gzip(SomeFiles.Idx([5, 2, 3], SomeFiles.Pixels(30))),
        "/tiny/train-labels-idx1-ubyte.gz" => SomeFiles.Gzip(SomeFiles.Idx([5], SomeFiles.Pixels(5))),
        _ => null,
    };

    [Fact]
    public void Published_files_come_from_the_chosen_address_and_are_fetched_once()
    {
        using var files = new SomeFiles();
        using var mirror = new Mirror(Published);
        for (var time = 0; time < 2; time++)
        {
            var (images, labels) = ImageFiles.Read(Tiny, files.Root, train: true, download: true);
            Assert.Equal([5, 2, 3], images.shape);
            Assert.Equal([0, 1, 2, 3, 4], Some.Longs(labels));
        }

        Assert.Equal(2, mirror.Requests);
        Assert.Equal(["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"], Directory.GetFiles(Path.Combine(files.Root, "Tiny", "raw")).Select(Path.GetFileName).Order());
        Assert.Equal(5, ImageFiles.Read(Tiny, files.Root, train: true, download: false).images.shape[0]);
    }

    [Fact]
    public void What_came_before_a_failure_is_not_fetched_again()
    {
        using var files = new SomeFiles();
        using (new Mirror(path => path.Contains("labels") ? null : Published(path)))
            Assert.Contains("404", Assert.Throws<IOException>(() => ImageFiles.Read(Tiny, files.Root, train: true, download: true)).Message);
        using var mirror = new Mirror(Published);
        Assert.Equal(5, ImageFiles.Read(Tiny, files.Root, train: true, download: true).images.shape[0]);
        Assert.Equal(1, mirror.Requests);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(10, false)]
    [InlineData(0, true)]
    public void A_half_file_of_another_program_is_fetched_again(int length, bool withLabels)
    {
        using var files = new SomeFiles();
        files.Write($"Tiny/raw/{SomeFiles.Images}.gz", Published($"/tiny/{SomeFiles.Images}.gz")![..length]);
        if (withLabels) files.Write($"Tiny/raw/{SomeFiles.Labels}.gz", Published($"/tiny/{SomeFiles.Labels}.gz")!);
        using var mirror = new Mirror(Published);

        Assert.ThrowsAny<Exception>(() => ImageFiles.Read(Tiny, files.Root, train: true, download: false));
        Assert.Equal(5, ImageFiles.Read(Tiny, files.Root, train: true, download: true).images.shape[0]);

        Assert.Equal(withLabels ? 1 : 2, mirror.Requests);
        Assert.Equal(5, ImageFiles.Read(Tiny, files.Root, train: true, download: false).images.shape[0]);
    }

    [Fact]
    public void A_damaged_file_of_ones_own_folder_is_not_replaced()
    {
        using var files = SomeFiles.Good();
        var path = files.Write(SomeFiles.Images, [1, 2, 3, 4, 5]);
        using var mirror = new Mirror(Published);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ImageFiles.Read(Tiny, files.Root, train: true, download: true)).Message);

        Assert.Equal(0, mirror.Requests);
        Assert.Equal(5, new FileInfo(path).Length);
    }

    [Fact]
    public void One_byte_that_differs_is_refused_though_the_file_reads_well()
    {
        using var files = new SomeFiles();
        using var mirror = new Mirror(path => path.Contains("images") ? SomeFiles.Gzip(SomeFiles.Idx([5, 2, 3], [.. SomeFiles.Pixels(29), 30])) : Published(path));
        Assert.Contains("digest", Assert.Throws<InvalidDataException>(() => ImageFiles.Read(Tiny, files.Root, train: true, download: true)).Message);
        Assert.Empty(Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_transfer_that_breaks_off_is_an_error_and_leaves_nothing()
    {
        using var files = new SomeFiles();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var address = new ChosenAddress($"http://{listener.LocalEndpoint}");
        var answer = Task.Run(() =>
        {
            using var socket = listener.AcceptTcpClient();
            using var stream = socket.GetStream();
            stream.ReadExactly(new byte[10]);
            stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this"u8);
        }, TestContext.Current.CancellationToken);
        var error = Assert.Throws<IOException>(() => ImageFiles.Read(Tiny, files.Root, train: true, download: true));
        Assert.Contains("could not be fetched", error.Message);
        Assert.Empty(Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories));
    }

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
