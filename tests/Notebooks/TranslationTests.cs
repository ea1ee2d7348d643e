using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FedNotebook.Notebooks;

/// <summary>notebooks/zh is notebooks in Chinese: the same code, and texts that say what the English ones say now. eng/translate-notebooks.cs keeps it so.</summary>
public sealed class TranslationTests
{
    private static readonly string english = Path.Combine(Clone.Root, "notebooks"), chinese = Path.Combine(english, "zh");

    public static TheoryData<string> Notebooks => [.. Names(english)];

    [Fact]
    public void Every_notebook_is_translated_and_nothing_else_is_there() => Assert.Equal(Names(english), Names(chinese));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_cells_are_the_same_in_the_same_order(string name) =>
        Assert.Equal(Cells(english, name).Select(cell => $"{cell["cell_type"]} {cell["id"]}"), Cells(chinese, name).Select(cell => $"{cell["cell_type"]} {cell["id"]}"));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_code_and_its_outputs_are_the_same_to_the_letter(string name) =>
        Assert.Equal(Code(english, name), Code(chinese, name));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_text_is_Chinese_and_says_what_the_English_text_says_now(string name)
    {
        foreach (var (original, translation) in Cells(english, name).Zip(Cells(chinese, name)).Where(pair => (string)pair.First["cell_type"]! == "markdown"))
        {
            var (before, now) = (Documents.Source(original), Documents.Source(translation));
            Assert.True(now.Any(letter => letter is >= '\u4e00' and <= '\u9fff'), $"{name}: this text is not translated.\n{now}");
            Assert.DoesNotContain(now.Split('\n'), Prose(before).Contains);
            Assert.True((string?)translation["metadata"]!["translated_from"] == Digest(before), $"{name}: this text was translated from another one than\n{before}");
        }
    }

    /// <summary>The lines that have to be translated: not code, tables and quotations.</summary>
    private static HashSet<string> Prose(string text)
    {
        var outside = text.Split("```").Where((_, part) => part % 2 == 0);
        return [.. outside.SelectMany(part => part.Split('\n')).Where(line => line.TrimStart('#', ' ').Contains(' ') && line[0] is not ('|' or '>'))];
    }

    private static IEnumerable<string> Code(string folder, string name) => Cells(folder, name).Where(cell => (string)cell["cell_type"]! == "code").Select(cell => cell.ToJsonString());

    private static JsonNode[] Cells(string folder, string name) => [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, name)))!["cells"]!.AsArray().Select(cell => cell!)];

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static string[] Names(string folder) => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];
}
