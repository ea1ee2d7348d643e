using Microsoft.DotNet.Interactive.Documents;

namespace Microsoft.DotNet.Interactive.Tests.Documents;

public sealed class InteractiveDocumentTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp().UseImportMagicCommand();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public InteractiveDocumentTests() => kernel.Single().UseValueSharing();

    public void Dispose()
    {
        kernel.Dispose();
        folder.Delete(recursive: true);
    }

    private DirectiveParseResult Parse(string line) => kernel.SubmissionParser.ParseDirectiveLine(line);

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    [Fact]
    public void A_directive_line_is_read_and_not_run()
    {
        var parsed = Parse("#!set --name x --value \"a b\"");
        Assert.Equal("#!set", parsed.CommandName);
        Assert.Empty(parsed.Errors);
        Assert.Equal([("--name", "x"), ("--value", "a b")], parsed.Parameters.Select(p => (p.Key, p.Value)));
    }

    [Theory]
    [InlineData("#!nothing", "DNI101")]
    [InlineData("#!set --name x --valu 1", "DNI103")]
    [InlineData("#!set --name x", "DNI104")]
    [InlineData("#!set --name x --name y --value 1", "DNI105")]
    [InlineData("", "#!")]
    [InlineData("var x = 1;", "#!")]
    public void What_is_wrong_with_a_line_is_among_its_errors(string line, string expected) => Assert.Contains(expected, Assert.Single(Parse(line).Errors));

    [Fact]
    public void The_values_that_a_notebook_asks_for_come_once_each()
    {
        var document = CodeSubmission.Parse("""
            #!set --name a --value @input
            #!set --name b --value @password:"The secret"
            #!csharp
            #!set --name c --value @input:{"prompt": "Which file?", "type": "file", "saveAs": "path"}
            #!set --name a --value @input
            #!set --name a --value @csharp:b
            #!markdown
            #!set --name z --value @input
            """);
        Assert.Equal([("value", "text"), ("value", "password"), ("path", "file")], document.GetInputFields(Parse).Select(f => (f.ValueName, f.TypeHint)));
        Assert.Equal(["The secret", "Which file?"], document.GetInputFields(Parse).Skip(1).Select(f => f.Prompt));
    }

    [Fact]
    public async Task Imports_are_found_through_imports_and_each_once()
    {
        var c = Write("c.dib", "3");
        var b = Path.Combine(folder.FullName, "b.ipynb");
        Write("b.ipynb", $$"""{"cells":[{"cell_type":"code","metadata":{},"source":"#!import {{c}}\n#!import {{b}}"}],"nbformat":4}""");
        var document = CodeSubmission.Parse($"#!import {b}\n#!import {c}\n#!import {Write("d.cs", "4")}");
        Assert.Equal(2, await document.GetImportsAsync(Parse).CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await document.GetImportsAsync(Parse, recursive: true).CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await CodeSubmission.Parse($"#!import {b}").GetImportsAsync(Parse, recursive: true).CountAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await CodeSubmission.Parse("#!import nowhere.dib").GetImportsAsync(Parse).CountAsync(TestContext.Current.CancellationToken));
    }
}
