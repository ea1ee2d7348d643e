namespace FedNotebook.Kernel.Notebooks;

/// <summary>The names under which notebooks ask for the languages that C# notebooks know, whether a kernel for them runs here or not.</summary>
internal static class Languages
{
    public const string CSharp = "csharp";
    public const string Markdown = "markdown";
    public const string Raw = "raw";

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csharp"] = CSharp, ["c#"] = CSharp, ["cs"] = CSharp, ["polyglot-notebook"] = CSharp, [".net-csharp"] = CSharp,
        ["fsharp"] = "fsharp", ["f#"] = "fsharp", [".net-fsharp"] = "fsharp",
        ["pwsh"] = "pwsh", ["powershell"] = "pwsh", [".net-powershell"] = "pwsh",
        ["javascript"] = "javascript", ["js"] = "javascript",
        ["html"] = "html", ["http"] = "http", ["kql"] = "kql", ["mermaid"] = "mermaid", ["sql"] = "sql", ["value"] = "value",
        ["markdown"] = Markdown, ["md"] = Markdown, ["raw"] = Raw,
    };

    /// <summary>The kernel's name for a name or alias; a name that is not known stays as it is.</summary>
    public static string Canonical(string name) => Aliases.GetValueOrDefault(name, name);

    public static bool IsKnown(string name) => Aliases.ContainsKey(name);
}
