namespace FedNotebook.Kernel.Jupyter;

/// <summary>What all parts of the protocol's implementation share.</summary>
internal static class Protocol
{
    public const string Version = "5.3";

    /// <summary>A line for whoever looks into the front end's log.</summary>
    public static void Log(string line) => Console.Error.WriteLine($"fednb: {line}");
}
