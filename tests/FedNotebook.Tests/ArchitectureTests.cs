using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace FedNotebook.Tests;

public partial class ArchitectureTests
{
    /// <summary>Each folder uses only those before it; the root's files come last.</summary>
    private static readonly string[] Order = ["Messages", "Operations", "Workers", "Pointers", "Models", "Grids", "Data", "Aggregation", "Training", ""];

    [Fact]
    public void Arrows_between_folders_point_one_way()
    {
        var source = Path.Combine(Root, "src", "FedNotebook");
        var files = Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/") && !f.Contains("/bin/"))
            .Select(f => (path: Path.GetRelativePath(source, f), layer: Layer(Path.GetRelativePath(source, f)), type: Path.GetFileName(f).Split('.')[0])).ToList();
        Assert.True(files.Count > 20);

        var upward = from file in files
                     let words = Words().Matches(CodeAlone(File.ReadAllText(Path.Combine(source, file.path)))).Select(m => m.Value).ToHashSet()
                     from other in files
                     where other.layer > file.layer && words.Contains(other.type)
                     select $"{file.path} knows {other.type}, which is in a later folder";
        Assert.Empty(upward.Distinct());
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_order() =>
        Assert.All(Directory.GetDirectories(Path.Combine(Root, "src", "FedNotebook")).Select(Path.GetFileName).Except(["bin", "obj"]), f => Assert.Contains(f, Order));

    [Fact]
    public void Files_stay_short()
    {
        var long_ = Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/") && !f.Contains("/bin/") && !f.EndsWith(".g.cs"))
            .Select(f => $"{Path.GetRelativePath(Root, f)}: {File.ReadLines(f).Count()} lines").Where(f => int.Parse(f.Split(' ')[^2]) > 400);
        Assert.Empty(long_);
    }

    [Fact]
    public void Only_the_platform_asks_which_build_it_is() =>
        Assert.All(
            Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/") && !f.Contains("/platform/")),
            f => Assert.DoesNotContain(File.ReadLines(f), line => line.StartsWith("#if", StringComparison.Ordinal)));

    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static int Layer(string path) => Array.IndexOf(Order, Path.GetDirectoryName(path)!.Split('/')[0]);

    private static string CodeAlone(string source) => CommentsAndTexts().Replace(source, "");

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(\\.|[^""\\\n])*""", RegexOptions.Singleline)]
    private static partial Regex CommentsAndTexts();

    // What follows a dot is a member: Array.Resize is no transform.
    [GeneratedRegex(@"(?<!\.)\b[A-Za-z_]\w*\b")]
    private static partial Regex Words();
}
