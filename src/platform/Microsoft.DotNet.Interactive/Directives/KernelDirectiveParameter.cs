using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Directives;

public class KernelDirectiveParameter
{
    private readonly List<Func<KernelDirectiveCompletionContext, Task>> completions = [];

    public KernelDirectiveParameter(string name, string? description = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("A parameter needs a name.", nameof(name));
        Name = name;
        Description = description ?? "";
    }

    public string Name { get; }

    public string Description { get; init; }

    /// <summary>Whether a value that stands without a name is this parameter's.</summary>
    public bool AllowImplicitName { get; init; }

    public int MaxOccurrences { get; init; } = 1;

    public bool Required { get; init; }

    public string TypeHint { get; init; } = "text";

    /// <summary>Whether the parameter has no value: it is there or not.</summary>
    public bool Flag { get; init; }

    /// <summary>Whether the value is passed on as it was written: `@kernel:name` is for the handler to look up.</summary>
    internal bool KeepsReference { get; init; }

    public KernelDirectiveParameter AddCompletions(Func<KernelDirectiveCompletionContext, Task> getCompletions)
    {
        completions.Add(getCompletions);
        return this;
    }

    public KernelDirectiveParameter AddCompletions(Func<IEnumerable<string>> getCompletions) => AddCompletions(context =>
    {
        foreach (var value in getCompletions()) context.CompletionItems.Add(new CompletionItem(value, "Value"));
        return Task.CompletedTask;
    });

    public async Task<IReadOnlyList<CompletionItem>> GetValueCompletionsAsync()
    {
        var context = new KernelDirectiveCompletionContext();
        foreach (var add in completions) await add(context);
        return [.. context.CompletionItems];
    }

    public override string ToString() => Name;
}
