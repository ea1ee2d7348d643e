using System.Text.RegularExpressions;

namespace FedNotebook.Notebooks;

/// <summary>Links between the files of the clone.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Names() => [.. Documents.All.Select(path => Path.GetRelativePath(Clone.Root, path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_leads_to_a_file_and_a_heading_of_the_clone(string document)
    {
        var path = Path.Combine(Clone.Root, document);
        var text = Fence().Replace(Documents.Text(path), "");
        foreach (var link in Link().Matches(text).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://") && !link.StartsWith("mailto:")))
        {
            var (file, heading) = (link.Split('#')[0], link.Split('#').ElementAtOrDefault(1));
            var target = file.Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(file)));
            var relative = Path.GetRelativePath(Clone.Root, target);
            Assert.True(Path.Exists(target) && !relative.StartsWith("..") && !relative.StartsWith("artifacts"), $"{document} links to {link}, which is not in the clone.");
            if (heading is not null)
                Assert.True(Heading().Matches(Documents.Text(target)).Any(match => Anchor(match.Groups[1].Value) == heading), $"{document} links to {link}, and there is no such heading.");
        }
    }

    [Fact]
    public void A_page_of_docs_stands_in_the_map_of_docs()
    {
        var map = File.ReadAllText(Path.Combine(Clone.Root, "docs", "README.md"));
        foreach (var page in Directory.GetFiles(Path.Combine(Clone.Root, "docs"), "*.md").Select(Path.GetFileName).Where(name => name != "README.md")) Assert.Contains($"({page})", map);
    }

    // As the sites that show such files make it: small letters, hyphens for spaces, no punctuation.
    private static string Anchor(string heading) => Punctuation().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"(?:\]\(|<img src="")([^()\s""]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
