using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive;

namespace FedNotebook.Tests.Magic;

/// <summary>docs/magic-commands.md says what the commands do.</summary>
public partial class MagicDocumentTests
{
    private static readonly string document = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "magic-commands.md"));

    [Fact]
    public async Task Every_line_of_the_table_runs_and_leaves_what_it_says()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs(FirstCell().Match(document).Groups[1].Value);
        Assert.True(Rows().Count() >= 15);
        foreach (var (command, statements, variables) in Rows())
        {
            Assert.Equal(statements, (await notebook.Statements(command)).Select(shown => shown.Split(" // ")[0]));
            foreach (var variable in variables) Assert.True(notebook.Has(variable), $"{command} leaves no {variable}");
            var declared = statements.Select(statement => Declared().Match(statement)).Where(match => match.Success).Select(match => match.Groups[1].Value);
            Assert.Equal(variables, declared);
        }
    }

    [Fact]
    public async Task Every_statement_of_the_table_is_a_line_of_csharp()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs(FirstCell().Match(document).Groups[1].Value);
        foreach (var (_, statements, _) in Rows())
            foreach (var statement in statements)
                await notebook.Outputs(statement);
    }

    [Fact]
    public async Task Every_command_and_parameter_is_in_it()
    {
        using var notebook = await Notebook.WithExtension();
        var commands = notebook.Kernel.FindKernelByName("csharp")!.KernelInfo.SupportedDirectives.Where(directive => directive.GetType().Name == "KernelActionDirective");
        foreach (var command in commands.Where(command => document.Contains($"`{command.Name}")))
            foreach (var parameter in command.Parameters.Where(parameter => !parameter.AllowImplicitName))
                Assert.Contains($"{parameter.Name}", document);
        foreach (var name in (string[])["worker", "send", "get", "move", "federate", "search", "workers", "objects"])
            Assert.Contains($"| `#!{name}", document);
    }

    private static IEnumerable<(string Command, string[] Statements, string[] Variables)> Rows()
    {
        foreach (var line in document.Split('\n').Where(line => line.StartsWith("| `#!", StringComparison.Ordinal)))
        {
            var cells = line.Split(" | ");
            yield return (Codes(cells[0])[0], Codes(cells[1]), cells.Length > 2 ? Codes(cells[2]) : []);
        }
    }

    private static string[] Codes(string cell) => [.. Code().Matches(cell).Select(match => match.Groups[1].Value)];

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstCell();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^var (\w+) =")]
    private static partial Regex Declared();
}
