using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.CSharp;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

public sealed class ScriptStateTests : IDisposable
{
    private readonly CSharpKernel kernel = new();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task The_state_shows_variables_and_the_last_value()
    {
        Assert.Null(kernel.ScriptState);
        (await kernel.SubmitCodeAsync("var x = 1; string s = \"a\";")).MustSucceed();
        (await kernel.SubmitCodeAsync("#!csharp\nx = 20;\nvar x2 = 2; x + 1")).MustSucceed();
        var state = kernel.ScriptState!;
        Assert.Equal(21, state.ReturnValue);
        Assert.Null(state.Exception);
        Assert.Equal([("x", 20), ("s", "a"), ("x2", 2)], state.Variables.Select(v => (v.Name, v.Value)));
        Assert.Equal(typeof(string), state.GetVariable("s").Type);
        Assert.NotNull(state.Script.GetCompilation().GetSymbolsWithName("x2").Single());
    }

    [Fact]
    public async Task A_value_that_the_cell_has_disposed_is_still_the_last_value()
    {
        (await kernel.SubmitCodeAsync("using var m = new MemoryStream(); m")).MustSucceed();
        Assert.IsType<MemoryStream>(kernel.ScriptState!.ReturnValue);
    }

    [Fact]
    public async Task A_variable_can_be_changed_through_it()
    {
        (await kernel.SubmitCodeAsync("var x = 1;")).MustSucceed();
        kernel.ScriptState!.GetVariable("x").Value = 5;
        Assert.Equal(5, (await kernel.SubmitCodeAsync("x")).ReturnValue());
    }

    [Fact]
    public async Task A_script_goes_on_from_it()
    {
        (await kernel.SubmitCodeAsync("var x = 20; int Twice(int n) => 2 * n;")).MustSucceed();
        (await kernel.SubmitCodeAsync("x++;")).MustSucceed();
        ScriptState<int> next = await kernel.ScriptState!.ContinueWithAsync<int>("var y = Twice(x); y", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(42, next.ReturnValue);
        Assert.Equal(43, (await next.ContinueWithAsync<int>("y + 1", cancellationToken: TestContext.Current.CancellationToken)).ReturnValue);
        Assert.Contains("CS0103", (await kernel.SubmitCodeAsync("y")).Failure().Message);
    }

    [Fact]
    public async Task How_a_cell_failed_is_in_it()
    {
        (await kernel.SubmitCodeAsync("var x = 1; throw new FormatException(\"wrong\");")).Failure();
        Assert.Equal("wrong", Assert.IsType<FormatException>(kernel.ScriptState!.Exception).Message);
        Assert.Equal(1, kernel.ScriptState!.GetVariable("x").Value);
    }
}
