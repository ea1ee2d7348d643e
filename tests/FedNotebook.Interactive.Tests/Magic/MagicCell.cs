using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Magic;

/// <summary>What the tests of magic commands ask of a notebook.</summary>
internal static class MagicCell
{
    /// <summary>The value of a variable, which must be there.</summary>
    internal static T Value<T>(this Notebook notebook, string name)
    {
        Assert.True(notebook.CSharp().TryGetValue<object>(name, out var value), $"there is no variable {name}");
        return Assert.IsType<T>(value, exactMatch: false);
    }

    internal static bool Has(this Notebook notebook, string name) => notebook.CSharp().TryGetValue<object>(name, out _);

    /// <summary>Runs a cell that is expected to work.</summary>
    /// <returns>The statements that it showed, as text.</returns>
    internal static async Task<string[]> Statements(this Notebook notebook, string cell)
    {
        var outputs = await notebook.Outputs(cell);
        return [.. outputs.OfType<DisplayedValueProduced>().Where(output => output.Html().Contains("font-size:12px")).Select(output => output.Text())];
    }

    /// <summary>Runs a cell that is expected to fail, and to change neither a variable nor what a worker holds.</summary>
    /// <returns>The error.</returns>
    internal static async Task<string> Error(this Notebook notebook, string cell)
    {
        var variables = await notebook.Variables();
        ForgetEarlierTests();
        BaseWorker[] own = [.. variables.Select(variable => variable.Value).OfType<BaseWorker>()];
        var (theirs, all) = (ObjectsOf(own), ObjectsOf(sy.local_worker._known_workers.Values));
        var failed = Assert.Single((await notebook.Run(cell)).OfType<CommandFailed>());
        Assert.Equal(variables, await notebook.Variables());
        Assert.Equal(theirs, ObjectsOf(own));
        Assert.Empty(ObjectsOf(sy.local_worker._known_workers.Values).Except(all));
        Assert.DoesNotContain("   at ", failed.Message);
        return failed.Message;
    }

    internal static async Task<IReadOnlyList<CompletionItem>> Completions(this Notebook notebook, string line)
    {
        var events = (await notebook.Kernel.SendAsync(new RequestCompletions(line, new LinePosition(0, line.Length), "csharp"))).Events;
        Assert.Empty(events.OfType<CommandFailed>().Select(failed => failed.Message));
        return [.. Assert.Single(events.OfType<CompletionsProduced>()).Completions];
    }

    // The pointers that earlier tests dropped are collected now, not in the middle.
    private static void ForgetEarlierTests()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static CSharpKernel CSharp(this Notebook notebook) => Assert.IsType<CSharpKernel>(notebook.Kernel.FindKernelByName("csharp"));

    private static async Task<List<(string Name, Type? Type, object? Value)>> Variables(this Notebook notebook)
    {
        var listed = Assert.Single((await notebook.Kernel.SendAsync(new RequestValueInfos("csharp"))).Events.OfType<ValueInfosProduced>());
        return [.. listed.ValueInfos.Select(info => (info.Name, info.Type, notebook.CSharp().TryGetValue<object>(info.Name, out var value) ? value : null))];
    }

    private static List<string> ObjectsOf(IEnumerable<BaseWorker> workers) =>
        [.. workers.SelectMany(worker => worker._objects.Keys.Select(id => $"{worker.id}: {id}"))];
}
