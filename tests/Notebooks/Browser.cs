using System.Text.Json.Nodes;

namespace FedNotebook.Notebooks;

/// <summary>Debian's chromium, driven by playwright-core, which npm fetches into artifacts/ at the first use.</summary>
internal static class Browser
{
    private const string Chromium = "/usr/bin/chromium", Npm = "/usr/bin/npm", Node = "/usr/bin/node";

    private static readonly string folder = Path.Combine(Clone.Root, "artifacts", "npm", "playwright");

    private static readonly Lazy<string> unavailable = new(Fetch);

    /// <summary>Opens a page offline, moves the mouse over its first plot, clicks in its legend, and gives what visit.mjs saw.</summary>
    public static JsonNode Visit(string page, string theme, int width)
    {
        Clone.Needs(Chromium);
        Clone.Needs(Npm);
        Assert.SkipWhen(unavailable.Value.Length > 0, unavailable.Value);
        var work = Clone.TemporaryFolder();
        var path = Path.Combine(work, "page.html");
        File.WriteAllText(path, page);
        var outcome = Clone.Run(Node, [Path.Combine(Clone.Root, "tests", "Notebooks", "visit.mjs"), folder, path, theme, $"{width}", work]);
        Assert.True(outcome.Status == 0, outcome.Error);
        Directory.Delete(work, recursive: true);
        return JsonNode.Parse(outcome.Output)!;
    }

    private static string Fetch()
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules", "playwright-core"))) return "";
        Directory.CreateDirectory(folder);
        var outcome = Clone.Run(Npm, ["install", "playwright-core", "--prefix", folder, "--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]);
        return outcome.Status == 0 ? "" : "npm could not fetch playwright-core: " + outcome.Error.Trim();
    }
}
