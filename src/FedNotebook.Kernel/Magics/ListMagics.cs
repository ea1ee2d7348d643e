using System.Net;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Kernel.Magics;

/// <summary><c>#!lsmagic</c>: the magic commands that there are, kernel by kernel.</summary>
internal static class ListMagics
{
    public static void AddTo(CompositeKernel root) =>
        root.AddDirective(new KernelActionDirective("#!lsmagic", "Lists the magic commands."), (_, context) =>
        {
            var groups = Groups(root).ToList();
            var html = string.Concat(groups.Select(group => $"<h4>{WebUtility.HtmlEncode(group.Title)}</h4><dl>"
                + string.Concat(group.Magics.Select(magic => $"<dt><code>{WebUtility.HtmlEncode(magic.Name)}</code></dt><dd>{WebUtility.HtmlEncode(magic.Description)}</dd>")) + "</dl>"));
            var width = groups.SelectMany(group => group.Magics).Max(magic => magic.Name.Length);
            var text = string.Join("\n\n", groups.Select(group => group.Title + "\n"
                + string.Join('\n', group.Magics.Select(magic => $"    {magic.Name.PadRight(width)}  {magic.Description}".TrimEnd()))));
            context.Publish(new DisplayedValueProduced(null, context.Command,
                [new FormattedValue(HtmlFormatter.MimeType, html), new FormattedValue(PlainTextFormatter.MimeType, text)]));
            return Task.CompletedTask;
        });

    private static IEnumerable<(string Title, IReadOnlyList<(string Name, string Description)> Magics)> Groups(CompositeKernel root)
    {
        yield return ("Everywhere", [.. Of(root), .. root.ChildKernels.Select(kernel => (kernel.KernelSpecifierDirective.Name, $"The lines below are for the kernel '{kernel.Name}'."))]);
        foreach (var kernel in root.ChildKernels.OrderBy(kernel => kernel.Name, StringComparer.Ordinal))
        {
            if (Of(kernel).ToList() is { Count: > 0 } own) yield return ($"In the kernel '{kernel.Name}'", own);
        }
    }

    private static IEnumerable<(string Name, string Description)> Of(Microsoft.DotNet.Interactive.Kernel kernel) =>
        kernel.KernelInfo.SupportedDirectives.OfType<KernelActionDirective>().Where(directive => !directive.Hidden)
            .OrderBy(directive => directive.Name, StringComparer.Ordinal).Select(directive => (directive.Name, directive.Description ?? ""));
}
