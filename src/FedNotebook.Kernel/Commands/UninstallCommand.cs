namespace FedNotebook.Kernel.Commands;

/// <summary><c>fednb jupyter uninstall [--prefix DIR | --user]</c>: takes away what the installation wrote.</summary>
internal static class UninstallCommand
{
    public static int Run(string folder)
    {
        if (!Directory.Exists(folder)) throw new UserErrorException($"The kernel is not installed in '{folder}'. 'fednb jupyter list' says where it is.");
        if (!KernelFolder.IsFednb(folder)) throw new UserErrorException($"The kernel in '{folder}' belongs to another program; it stays.");
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The kernel in '{folder}' cannot be removed: {exception.Message}");
        }

        Console.WriteLine($"Removed the kernel .NET (C#) from {folder}");
        return 0;
    }
}
