using System.Collections.ObjectModel;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Directives;

public class KernelActionDirective : KernelDirective
{
    private readonly Children subcommands;

    public KernelActionDirective(string name, string? description = null)
        : base(name)
    {
        Description = description;
        subcommands = new Children(this);
    }

    public Type? KernelCommandType { get; set; }

    public ICollection<KernelActionDirective> Subcommands
    {
        get => subcommands;
        init
        {
            // Whatever list they come in, they have this directive as their parent.
            subcommands.Clear();
            foreach (var subcommand in value) subcommands.Add(subcommand);
        }
    }

    public KernelActionDirective? Parent { get; private set; }

    internal KernelCommandInvocation? Handler { get; set; }

    public override async Task<IReadOnlyList<CompletionItem>> GetChildCompletionsAsync() =>
    [
        .. Subcommands.Where(s => !s.Hidden).Select(s => new CompletionItem(s.Name, "Method", documentation: s.Description)),
        .. await base.GetChildCompletionsAsync(),
    ];

    private sealed class Children(KernelActionDirective parent) : Collection<KernelActionDirective>
    {
        protected override void InsertItem(int index, KernelActionDirective item)
        {
            if (parent.Parent is not null) throw new ArgumentException("Only one level of subcommands is allowed.");
            item.Parent = parent;
            base.InsertItem(index, item);
        }
    }
}
