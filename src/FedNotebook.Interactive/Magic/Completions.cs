using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using TorchSharp;

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
        var tags = sy.local_worker._known_workers.Values.SelectMany(worker => worker._objects.Values).SelectMany(TagsOf).CountBy(tag => tag);
        foreach (var (tag, count) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)) Add(context, tag, count == 1 ? "1 tensor" : $"{count} tensors");
        return Task.CompletedTask;
    }

    internal Func<KernelDirectiveCompletionContext, Task> VariablesThat(Func<Type, bool> areFit) => async context =>
    {
        foreach (var variable in (await Variables.Of(kernel)).Where(areFit)) Add(context, variable.Name, Variables.Name(variable.Type));
    };

    private static void Add(KernelDirectiveCompletionContext context, string value, string documentation) =>
        context.CompletionItems.Add(new CompletionItem(value, "Value", insertText: DirectiveText.Of(value), documentation: documentation));

    private static IReadOnlyList<string> TagsOf(object held) => held switch
    {
        torch.Tensor tensor => tensor.tags,
        PrivateTensor hidden => hidden.tags,
        _ => [],
    };
}
