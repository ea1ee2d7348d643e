using System.Net;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.ValueSharing;

/// <summary>`#!who` and `#!whos`: the variables of a kernel.</summary>
internal static class WhoDirectives
{
    public static void AddTo(Kernel kernel)
    {
        kernel.AddDirective<Who>(new KernelActionDirective("#!who", "Shows the names of the variables."), (command, context) => ShowAsync(context, command, Names));
        kernel.AddDirective<Whos>(new KernelActionDirective("#!whos", "Shows the variables with their types and values."), (command, context) => ShowAsync(context, command, Table));
    }

    private static async Task ShowAsync(KernelInvocationContext context, KernelCommand command, Func<IReadOnlyList<KernelValueInfo>, (string Html, string Text)> write)
    {
        var result = await context.HandlingKernel.RootKernel.AskQuietlyAsync(new RequestValueInfos(context.HandlingKernel.Name));
        if (result.Failure is { } failure)
        {
            context.Fail(command, failure.Exception, failure.Message);
            return;
        }

        IReadOnlyList<KernelValueInfo> infos = [.. result.Events.OfType<ValueInfosProduced>().SelectMany(e => e.ValueInfos)];
        var (html, text) = write(infos);
        context.Publish(new DisplayedValueProduced(infos, command,
            [new FormattedValue(HtmlFormatter.MimeType, html), new FormattedValue(PlainTextFormatter.MimeType, text)], Guid.NewGuid().ToString()));
    }

    private static (string Html, string Text) Names(IReadOnlyList<KernelValueInfo> infos)
    {
        var names = string.Join(' ', infos.Select(i => i.Name));
        return (WebUtility.HtmlEncode(names), names);
    }

    private static (string Html, string Text) Table(IReadOnlyList<KernelValueInfo> infos)
    {
        string[][] rows = [["Variable", "Type", "Value"], .. infos.Select(i => (string[])[i.Name, i.TypeName ?? "", i.FormattedValue.Value])];
        var cells = rows.Select((row, i) => "<tr>" + string.Concat(row.Select(cell => i == 0 ? $"<th>{cell}</th>" : $"<td>{WebUtility.HtmlEncode(cell)}</td>")) + "</tr>").ToList();
        var widths = Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return ($"<table><thead>{cells[0]}</thead><tbody>{string.Concat(cells.Skip(1))}</tbody></table>",
            string.Join('\n', rows.Select(row => $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2]}".TrimEnd())));
    }

    private sealed class Who : KernelDirectiveCommand;

    private sealed class Whos : KernelDirectiveCommand;
}
