namespace FedNotebook.Kernel.Jupyter;

/// <summary>Where Jupyter keeps its data, kernels among them.</summary>
internal static class JupyterFolders
{
    /// <summary>Every folder of data, in the order in which Jupyter looks.</summary>
    public static IEnumerable<string> AllData()
    {
        var path = Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "";
        foreach (var folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return Path.GetFullPath(folder);
        yield return UserData();
        if (Environment.GetEnvironmentVariable("VIRTUAL_ENV") is { Length: > 0 } environment) yield return Path.Combine(environment, "share", "jupyter");
        if (Environment.GetEnvironmentVariable("CONDA_PREFIX") is { Length: > 0 } conda) yield return Path.Combine(conda, "share", "jupyter");
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter");
            yield break;
        }

        yield return "/usr/local/share/jupyter";
        yield return "/usr/share/jupyter";
    }

    public static string UserData()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } folder) return Path.GetFullPath(folder);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".local", "share");
        return Path.Combine(data, "jupyter");
    }
}
