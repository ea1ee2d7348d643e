namespace TorchSharp.Utils;

/// <summary>A file is written beside its place and moved there when it is whole: what was there before stays until then, whatever goes wrong.</summary>
internal static class WholeFile
{
    public static void Write(string location, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        // Through a link, to the file that it stands for.
        var target = (File.Exists(location) ? File.ResolveLinkTarget(location, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(location);
        if (Directory.Exists(target)) throw new IOException($"'{location}' is a folder: a file is needed to write to.");
        if (File.Exists(target))
        {
            // What may not be written is not replaced either, and what is no plain file (a pipe, a device) has no beside.
            using var there = new FileStream(target, FileMode.Open, FileAccess.Write);
            if (!there.CanSeek || target.StartsWith("/dev/", StringComparison.Ordinal))
            {
                write(there);
                return;
            }
        }

        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(target)}' to.");
        var beside = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            using (var stream = Create(beside, location)) write(stream);
            if (File.Exists(target) && !OperatingSystem.IsWindows()) File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static FileStream Create(string beside, string location)
    {
        try
        {
            return File.Create(beside);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"'{location}' cannot be written: nothing may be written to its folder.", e);
        }
    }
}
