using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FedNotebook.Notebooks;

/// <summary>README.md says what is so: its code runs, its commands are there, its figures are the benchmarks'.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string readme = File.ReadAllText(Path.Combine(Clone.Root, "README.md"));

    [Fact]
    public void Its_training_runs_as_it_stands_there()
    {
        var block = Assert.Single(CodeBlock().Matches(readme)).Groups[1].Value;
        var outputs = Run(block).Last()["outputs"]!.AsArray().Select(output => string.Concat(output!["data"]?["text/plain"]?.AsArray().Select(line => (string)line!) ?? []));
        var words = Assert.Single(outputs, output => output.Contains("938 of 938 batches"));
        Assert.InRange(double.Parse(Smoothed().Match(words).Groups[1].Value), 0.2, 0.8);
    }

    [Fact]
    public void Every_line_of_the_table_of_PySyfts_lines_runs()
    {
        string[] lines = [.. readme.Split('\n').SkipWhile(line => line != "| PySyft | C# |").Skip(2).TakeWhile(line => line.StartsWith('|')).SelectMany(line => Codes(line.Split(" | ")[1]))];
        Assert.InRange(lines.Length, 40, 80);
        Run(["#r \"nuget: FedNotebook\"", .. lines]);
    }

    [Fact]
    public void Every_command_of_the_readme_and_the_docs_is_in_the_help()
    {
        var help = Clone.Run("/bin/bash", [Path.Combine(Clone.Root, "fednb"), "help"]).Output;
        var commands = Documents.All.SelectMany(document => Command().Matches(File.ReadAllText(document))).Select(match => match.Value).Distinct().ToArray();
        Assert.Contains("./fednb demo", commands);
        Assert.All(commands, command => Assert.Matches($@"(?m)^  {Regex.Escape(command)}\b", help));
    }

    [Fact]
    public void Its_figures_are_the_benchmarks()
    {
        var benchmarks = File.ReadAllText(Path.Combine(Clone.Root, "bench", "README.md"));
        string[] rows = [.. readme.Split('\n').SkipWhile(line => line != "## Measured").SkipWhile(line => !line.StartsWith("|---")).Skip(1).TakeWhile(line => line.StartsWith('|'))];
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            string[] figures = [.. row.Split(" | ").Skip(1).Select(cell => LastFigure().Match(cell).Value)];
            Assert.Contains(benchmarks.Split('\n'), line => figures.All(figure => figure.Length > 0 && Regex.IsMatch(line, $@"(?<![\d.]){Regex.Escape(figure)}(?![\d.])")));
        });
    }

    /// <summary>Runs cells in a folder of their own; each of them has to end well. Gives them back with their outputs.</summary>
    private static JsonNode[] Run(params string[] cells)
    {
        Clone.NeedsKernel();
        var folder = Clone.TemporaryFolder();
        try
        {
            var (notebook, written) = (Path.Combine(folder, "readme.dib"), Path.Combine(folder, "readme.ipynb"));
            File.WriteAllText(notebook, string.Concat(cells.Select(cell => $"#!csharp\n\n{cell}\n\n")));
            var outcome = Clone.RunIn(folder, "dotnet", [Clone.Kernel, "run", notebook, "--out", written]);
            Assert.True(outcome is { Status: 0, Error: "" }, outcome.Error);
            return [.. JsonNode.Parse(File.ReadAllText(written))!["cells"]!.AsArray().Select(cell => cell!)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\./fednb [a-z]+")]
    private static partial Regex Command();

    [GeneratedRegex(@"\d+(\.\d+)?", RegexOptions.RightToLeft)]
    private static partial Regex LastFigure();

    [GeneratedRegex(@"smoothed (\d+\.\d+)")]
    private static partial Regex Smoothed();
}
