using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Microsoft.DotNet.Interactive.PackageManagement;

/// <summary>What a restore that failed has to say, without the build's words around it.</summary>
internal static partial class RestoreErrors
{
    public static IReadOnlyList<string> Read(string assetsFile, string output, IReadOnlyList<PackageReference> wanted)
    {
        var logs = File.Exists(assetsFile) && JsonNode.Parse(File.ReadAllText(assetsFile))?["logs"] is JsonArray entries
            ? entries.Select(e => (Level: (string?)e?["level"], Text: OneLine((string?)e?["message"] ?? ""))).ToList()
            : [];
        string[] errors = [.. logs.Where(l => l.Level == "Error").Select(l => l.Text).Distinct()];
        if (errors.Length == 0) errors = [.. ErrorLine().Matches(output).Select(m => OneLine(m.Groups[1].Value)).Distinct()];
        if (errors.Length == 0) errors = ["The restore failed without saying why."];
        string[] unreachable = [.. logs.Where(l => l.Level == "Warning" && l.Text.Contains("service index", StringComparison.OrdinalIgnoreCase)).Select(l => l.Text).Distinct()];
        var names = string.Join(", ", wanted.Select(p => p.ToString()));
        return [$"Could not install {names}: {string.Join(' ', errors.Concat(unreachable))}"];
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));
        return line.EndsWith('.') ? line : line + ".";
    }

    [GeneratedRegex(@"^.*?error(?: \w+)?\s*:\s*(.*?)(?: \[[^\[\]]*proj\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
