using System.Xml.Linq;

namespace FedNotebook.Notebooks;

/// <summary>The notebooks as a series: an index with pictures, links from one to the next, and each with something to try.</summary>
public sealed class NotebookSeriesTests
{
    private static readonly string index = File.ReadAllText(Path.Combine(NotebookFiles.Folder, "README.md"));

    public static IEnumerable<TheoryDataRow<string>> Chapters => NotebookFiles.Names.Where(name => !name.StartsWith("00")).Select(name => new TheoryDataRow<string>(name));

    [Fact]
    public void They_are_numbered_without_a_gap() =>
        Assert.All(NotebookFiles.Names.Index(), chapter => Assert.StartsWith($"{chapter.Index:00}-", chapter.Item));

    [Fact]
    public void The_index_has_each_of_them_with_a_picture()
    {
        Assert.All(NotebookFiles.Names, name =>
        {
            Assert.Contains($"({name}.ipynb)", index);
            Assert.Contains($"src=\"pictures/{name}.svg\"", index);
            var picture = XDocument.Load(Path.Combine(NotebookFiles.Folder, "pictures", name + ".svg"));
            Assert.Equal("svg", picture.Root!.Name.LocalName);
        });
        Assert.Equal(NotebookFiles.Names.Count, Directory.GetFiles(Path.Combine(NotebookFiles.Folder, "pictures")).Length);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_says_first_what_happens_where_and_links_to_its_neighbours(string name)
    {
        var title = NotebookFiles.Read(NotebookFiles.PathOf(name)).Cells().First().Source();
        var number = int.Parse(name[..2]);
        Assert.StartsWith($"# {number}. ", title);
        Assert.Contains("**What happens where.**", title);
        Assert.Contains($"({(number + 1 < NotebookFiles.Names.Count ? NotebookFiles.Names[number + 1] + ".ipynb" : "README.md")})", title);
        if (number > 1) Assert.Contains($"({NotebookFiles.Names[number - 1]}.ipynb)", title);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_ends_with_cells_to_try(string name)
    {
        var afterTheHeading = NotebookFiles.Read(NotebookFiles.PathOf(name)).Cells().SkipWhile(cell => !cell.Source().StartsWith("## Try this")).ToList();
        Assert.InRange(afterTheHeading.Count(cell => (string?)cell["cell_type"] == "code"), 2, 5);
        Assert.Equal("code", (string?)afterTheHeading[^1]["cell_type"]);
    }

    [Fact]
    public void No_line_of_code_is_wider_than_a_cell_of_jupyter()
    {
        const int widest = 90;
        var lines = NotebookFiles.Names.SelectMany(name => NotebookFiles.Read(NotebookFiles.PathOf(name)).CodeCells().SelectMany(cell => cell.Source().Split('\n'), (_, line) => (name, line)));
        Assert.DoesNotContain(lines, at => at.line.Length > widest);
    }

    [Fact]
    public void The_chapters_show_every_magic_command()
    {
        var code = string.Join("\n", NotebookFiles.Names.Where(name => !name.StartsWith("00")).SelectMany(name => NotebookFiles.Read(NotebookFiles.PathOf(name)).CodeCells()).Select(cell => cell.Source()));
        Assert.All((string[])["#!worker ", "#!send ", "#!get ", "#!move ", "#!federate ", "#!search ", "#!workers", "#!objects"], command => Assert.Contains(command, code));
    }

    [Fact]
    public void Editors_find_how_to_colour_their_code() => Assert.All(NotebookFiles.Names, name =>
    {
        var language = NotebookFiles.Read(NotebookFiles.PathOf(name))["metadata"]!["language_info"]!;
        // VS Code looks for the name, Jupyter and nbconvert have no language of that name and look for the others.
        Assert.Equal("polyglot-notebook", (string?)language["name"]);
        Assert.Equal("text/x-csharp", (string?)language["codemirror_mode"]);
        Assert.Equal("csharp", (string?)language["pygments_lexer"]);
    });
}
