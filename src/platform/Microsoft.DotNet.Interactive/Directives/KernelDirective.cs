using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Directives;

public abstract class KernelDirective
{
    protected KernelDirective(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("A directive needs a name.", nameof(name));
        Name = name;
    }

    public string Name { get; init; }

    public string? Description { get; set; }

    public bool Hidden { get; set; }

    public ICollection<KernelDirectiveParameter> Parameters { get; init; } = new List<KernelDirectiveParameter>();

    public virtual Task<IReadOnlyList<CompletionItem>> GetChildCompletionsAsync() => Task.FromResult<IReadOnlyList<CompletionItem>>(
        [.. Parameters.Select(p => new CompletionItem(p.Name, "Property", documentation: p.Description))]);

    public override string ToString() => Name;
}
