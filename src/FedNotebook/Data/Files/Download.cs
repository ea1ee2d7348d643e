using System.IO.Compression;
using System.Security.Cryptography;

namespace FedNotebook;

/// <summary>Fetches the files of a collection of images.</summary>
internal static class Download
{
    /// <summary>The environment variable with another base address; below it each collection has its folder (mnist/, fashion-mnist/).</summary>
    internal const string AddressVariable = "FEDNOTEBOOK_DATASETS_URL";

    // The largest of the files has 26 MB.
    private const int LargestFile = 64 << 20;

    /// <summary>Fetches one file into the collection's folder under <paramref name="root"/>, unless it is there as it was published.</summary>
    /// <returns>The path of the file, packed with gzip.</returns>
    /// <exception cref="IOException">The file could not be fetched or written.</exception>
    /// <exception cref="InvalidDataException">What came is not the published file.</exception>
    internal static string Fetch(ImageCollection collection, string file, string root)
    {
        var path = Path.Combine(collection.DownloadFolder(root), file + ".gz");
        if (File.Exists(path) && Digest(File.ReadAllBytes(path)) == collection.Digests[file]) return path;

        var address = Address(collection, file);
        var bytes = Get(collection, address);
        if (Digest(bytes) != collection.Digests[file])
            throw new InvalidDataException(
                $"{collection.Name}: what {address} sent is not the published {file} (its SHA-256 digest differs). Nothing was written. " +
                $"Try another address in {AddressVariable}.");

        Write(path, bytes, collection);
        return path;
    }

    private static Uri Address(ImageCollection collection, string file)
    {
        var chosen = Environment.GetEnvironmentVariable(AddressVariable);
        var address = string.IsNullOrWhiteSpace(chosen) ? collection.BaseAddress : $"{chosen.Trim().TrimEnd('/')}/{collection.Folder}/";
        return Uri.TryCreate(address + file + ".gz", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new IOException($"{AddressVariable} is \"{chosen}\", which is no http or https address.");
    }

    private static byte[] Get(ImageCollection collection, Uri address)
    {
        try
        {
            using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) };
            using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(10), MaxResponseContentBufferSize = LargestFile };
            using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, address));
            response.EnsureSuccessStatusCode();
            using var content = response.Content.ReadAsStream();
            using var memory = new MemoryStream();
            content.CopyTo(memory);
            return memory.ToArray();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            var package = collection.Package is null ? "" : $", install Debian's package (apt install {collection.Package})";
            throw new IOException(
                $"{collection.Name}: {address} could not be fetched: {exception.Message.TrimEnd('.')}. " +
                $"Check the network, name a mirror in {AddressVariable}{package}, or name a folder that holds the files.",
                exception);
        }
    }

    private static string Digest(byte[] packed)
    {
        try
        {
            using var content = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (InvalidDataException)
        {
            return "not gzip";
        }
    }

    // Under another name first: whoever finds the file finds the whole of it.
    private static void Write(string path, byte[] bytes, ImageCollection collection)
    {
        var part = $"{path}.{Guid.NewGuid():n}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(part, bytes);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(part)) File.Delete(part);
            throw new IOException(
                $"{collection.Name}: {path} could not be written: {exception.Message.TrimEnd('.')}. Name a folder that you may write to.", exception);
        }
    }
}
