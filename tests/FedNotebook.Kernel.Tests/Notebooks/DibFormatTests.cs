using FedNotebook.Kernel.Notebooks;

namespace FedNotebook.Kernel.Tests.Notebooks;

public class DibFormatTests
{
    private static (string, string)[] Cells(string text) => [.. DibFormat.Parse(text).Cells.Select(cell => (cell.Language, cell.Text))];

    [Fact]
    public void Cells_begin_at_the_name_of_a_language_and_lose_their_blank_edges() =>
        Assert.Equal(
            [("markdown", "# Title\n\ntext"), ("csharp", "  1 +\n\n  2")],
            Cells("#!markdown\n\n# Title\n\ntext\n\n#!csharp\n\n  1 +\n\n  2\n\n"));

    [Fact]
    public void Code_before_the_first_language_is_csharp() => Assert.Equal([("csharp", "1 + 1")], Cells("1 + 1\n"));

    [Theory]
    [InlineData("#!time")]
    [InlineData("#!worker bob")]
    [InlineData("#r \"nuget: X\"")]
    [InlineData("#!value --name x")]
    public void A_magic_command_stays_in_its_cell(string directive) =>
        Assert.Equal([("csharp", $"var x = 1;\n{directive}\nx")], Cells($"#!csharp\nvar x = 1;\n{directive}\nx"));

    [Fact]
    public void Aliases_are_understood() => Assert.Equal([("csharp", "1"), ("javascript", "2")], Cells("#!c#\n1\n#!js\n2"));

    [Fact]
    public void The_languages_that_meta_names_begin_cells_too() =>
        Assert.Equal(
            [("mine", "a"), ("other", "b")],
            Cells("""
                #!meta
                {"kernelInfo": {"defaultKernelName": "csharp", "items": [{"name": "mine"}, {"name": "other", "aliases": ["m2"]}]}}

                #!mine
                a
                #!m2
                b
                """));

    [Fact]
    public void Windows_line_endings_are_understood() => Assert.Equal([("csharp", "1\n2")], Cells("#!csharp\r\n1\r\n2\r\n"));

    [Fact]
    public void An_empty_file_has_no_cells() => Assert.Empty(Cells(""));

    [Fact]
    public void Broken_meta_is_said_in_a_sentence() =>
        Assert.Contains("#!meta", Assert.Throws<FormatException>(() => Cells("#!meta\n{broken\n#!csharp\n1")).Message);
}
