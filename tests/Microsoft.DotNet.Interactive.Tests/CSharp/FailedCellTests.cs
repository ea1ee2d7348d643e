using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

/// <summary>A cell that does not compile, and one that is not yet written to its end, leave nothing behind.</summary>
public sealed class FailedCellTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("failed-cell-test-");

    public void Dispose()
    {
        kernel.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Its_assembly_is_not_there_for_the_next_one()
    {
        var file = SomePackage.Assembly(folder.FullName, "Failed.One", "public class One { }");
        (await kernel.SubmitCodeAsync($"#r \"{file}\"\nnothing")).Failure();
        Assert.Contains("CS0246", (await kernel.SubmitCodeAsync("new One()")).Failure().Message);
        (await kernel.SubmitCodeAsync($"#r \"{file}\"\nnew One()")).MustSucceed();
        (await kernel.SubmitCodeAsync("new One()")).MustSucceed();
    }

    [Fact]
    public async Task A_wrong_path_to_an_assembly_can_be_corrected()
    {
        var wrong = SomePackage.Assembly(folder.CreateSubdirectory("old").FullName, "Failed.Two", "public class Old { }");
        var right = SomePackage.Assembly(folder.CreateSubdirectory("new").FullName, "Failed.Two", "public class New { public int N => 2; }");
        (await kernel.SubmitCodeAsync($"#r \"{wrong}\"\nnew New().N")).Failure();
        Assert.Equal(2, (await kernel.SubmitCodeAsync($"#r \"{right}\"\nnew New().N")).ReturnValue());
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_spoils_no_later_cell()
    {
        var file = Path.Combine(folder.FullName, "Failed.Three.dll");
        File.WriteAllText(file, "This is a text.");
        Assert.Contains("CS0009", (await kernel.SubmitCodeAsync($"#r \"{file}\"\n1")).Failure().Message);
        Assert.Equal(1, (await kernel.SubmitCodeAsync("1")).ReturnValue());
        SomePackage.Assembly(folder.FullName, "Failed.Three", "public class Three { public int N => 3; }");
        Assert.Equal(3, (await kernel.SubmitCodeAsync($"#r \"{file}\"\nnew Three().N")).ReturnValue());
    }

    [Fact]
    public async Task An_editor_that_asks_about_a_half_written_cell_adds_nothing()
    {
        var file = SomePackage.Assembly(folder.FullName, "Failed.Four", "public class Four { public int Number; }");
        var code = $"#r \"{file}\"\nnew Four().Num";
        var completed = await kernel.SendAsync(new RequestCompletions(code, new LinePosition(1, 14)));
        Assert.Equal("Number", Assert.Single(completed.Events.OfType<CompletionsProduced>().Single().Completions).DisplayText);
        await kernel.SendAsync(new RequestDiagnostics(code));
        await kernel.SendAsync(new RequestHoverText(code, new LinePosition(1, 6)));
        Assert.Contains("CS0246", (await kernel.SubmitCodeAsync("new Four()")).Failure().Message);
    }

    [Fact]
    public async Task Its_usings_and_types_and_loaded_files_are_not_there_either()
    {
        var script = Path.Combine(folder.FullName, "more.csx");
        File.WriteAllText(script, "int Loaded() => 1;");
        (await kernel.SubmitCodeAsync($"#load \"{script}\"\nusing System.Globalization;\nclass Kept {{ }}\nnothing")).Failure();
        foreach (var name in new[] { "CultureInfo.InvariantCulture", "new Kept()", "Loaded()" })
            Assert.Matches("CS0103|CS0246", (await kernel.SubmitCodeAsync(name)).Failure().Message);
        Assert.Equal(1, (await kernel.SubmitCodeAsync($"#load \"{script}\"\nLoaded()")).ReturnValue());
    }
}
