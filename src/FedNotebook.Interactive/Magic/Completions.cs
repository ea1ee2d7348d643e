using FedNotebook.Views;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Magic;

/// <summary>What can stand in a magic command: the names that there are at the moment.</summary>
internal sealed class Completions(CSharpKernel kernel)
{
    internal async Task Workers(KernelDirectiveCompletionContext context)
    {
        foreach (var worker in new KnownWorkers(await Variables.Of(kernel)).All) Add(context, worker.id, worker.ToString());
    }

    internal Task Tags(KernelDirectiveCompletionContext context)
    {
        var counts = sy.local_worker._known_workers.Values.SelectMany(worker => WorkerTags.Of(worker).Counts).GroupBy(found => found.Tag, found => found.Count);
        foreach (var tag in counts.OrderBy(tag => tag.Key, StringComparer.Ordinal)) Add(context, tag.Key, tag.Sum() == 1 ? "1 tensor" : $"{tag.Sum()} tensors");
        return Task.CompletedTask;
    }

    internal Func<KernelDirectiveCompletionContext, Task> VariablesThat(Func<Type, bool> areFit) => async context =>
    {
        foreach (var variable in (await Variables.Of(kernel)).Where(areFit)) Add(context, variable.Name, Variables.Name(variable.Type));
    };

    private static void Add(KernelDirectiveCompletionContext context, string value, string documentation) =>
        context.CompletionItems.Add(new CompletionItem(value, "Value", insertText: DirectiveText.Of(value), documentation: documentation));
}
