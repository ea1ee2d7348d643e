namespace FedNotebook.Kernel.Commands;

/// <summary><c>fednb jupyter list</c>: where C# kernels are registered, the one that Jupyter takes first.</summary>
internal static class ListCommand
{
    public static int Run()
    {
        var folders = KernelFolder.Registered().ToArray();
        if (folders.Length == 0) Console.WriteLine("The kernel .NET (C#) is not registered with Jupyter. 'fednb jupyter install' does it.");
        foreach (var folder in folders) Console.WriteLine($"{KernelFolder.Name}  {folder}  {Describe(KernelFolder.StartOf(folder))}");
        return 0;
    }

    private static string Describe(string[] start) =>
        start.Length == 0 ? "(its kernel.json cannot be read)"
        : start.FirstOrDefault(word => Path.IsPathRooted(word) && !File.Exists(word)) is { } missing ? $"(broken: there is no {missing})"
        : string.Join(' ', start.SkipLast(2));
}
