namespace FedNotebook.Kernel.Packages;

/// <summary>The packages that ship with the tool, in a folder next to its own: notebooks find them wherever they lie.</summary>
internal static class PackageFeed
{
    private const string Variable = "FEDNB_FEED";

    public static void Announce()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }) return;
        var folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string[] candidates = [Path.Combine(folder, "packages"), Path.Combine(Path.GetDirectoryName(folder) ?? folder, "packages")];
        if (candidates.FirstOrDefault(Directory.Exists) is { } feed) Environment.SetEnvironmentVariable(Variable, feed);
    }
}
