using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Sessions;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Kernel.Tests.Magics;

public sealed class NotebookMagicsTests : IDisposable
{
    private readonly NotebookSession _session = new(ask: null);

    public void Dispose() => _session.Dispose();

    private async Task<List<CellOutput>> RunAsync(string code)
    {
        var outputs = new List<CellOutput>();
        var error = await _session.RunAsync(code, null, outputs.Add, CancellationToken.None);
        Assert.True(error is null, error?.Message);
        return outputs;
    }

    private static string Plain(CellOutput output) => Assert.IsType<CellOutput.Display>(output).Data["text/plain"]!.GetValue<string>();

    [Fact]
    public async Task The_time_of_a_cell_is_shown_after_what_it_shows()
    {
        var outputs = await RunAsync("#!time\nawait Task.Delay(30);\n\"done\".Display();");
        Assert.Equal(2, outputs.Count);
        var shown = System.Text.RegularExpressions.Regex.Match(Plain(outputs[1]), @"^Wall time: ([\d.]+)ms$");
        Assert.InRange(double.Parse(shown.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 25, 60_000);
    }

    [Fact]
    public async Task About_tells_what_runs_the_notebook()
    {
        var text = Plain((await RunAsync("#!about")).Single());
        Assert.Matches(@"fednb: +\d", text);
        Assert.Contains(".NET 10", text);
    }

    [Fact]
    public async Task Every_magic_command_is_listed_with_what_it_does()
    {
        var display = Assert.IsType<CellOutput.Display>((await RunAsync("#!lsmagic")).Single());
        var text = display.Data["text/plain"]!.GetValue<string>();
        foreach (var magic in new[] { "#!about", "#!csharp", "#!html", "#!import", "#!javascript", "#!lsmagic", "#!markdown", "#!set", "#!share", "#!time", "#!value", "#!who", "#!whos" })
        {
            Assert.Matches($@"(?m)^    {magic} +\w", text);
            Assert.Contains($"<code>{magic}</code>", display.Data["text/html"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_cell_may_hold_several_languages()
    {
        var outputs = await RunAsync("var x = 1;\n#!markdown\n# Title\n#!html\n<b>x</b>\n#!value --name v\nstored\n#!csharp\n#!share v --from value\nConsole.Write(v + x);");
        Assert.Equal("# Title", Assert.IsType<CellOutput.Display>(outputs[0]).Data["text/markdown"]!.GetValue<string>().Trim());
        Assert.Equal("<b>x</b>", Assert.IsType<CellOutput.Display>(outputs[1]).Data["text/html"]!.GetValue<string>().Trim());
        Assert.Equal("stored1", Assert.IsType<CellOutput.Stream>(outputs[2]).Text);
    }

    [Theory]
    [InlineData("#!ti", "#!time")]
    [InlineData("#!share x --from ", "value")]
    public async Task They_are_completed(string code, string expected)
    {
        var produced = await _session.AskAsync<CompletionsProduced>(new RequestCompletions(code, new(0, code.Length)));
        Assert.Contains(expected, produced!.Completions.Select(item => item.DisplayText));
    }
}
