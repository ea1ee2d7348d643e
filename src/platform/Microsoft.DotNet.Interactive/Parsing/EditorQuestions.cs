using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>
/// Takes an editor's question about a cell to whom it concerns: directives are answered here, and each kernel
/// is asked about its own lines only. Empty lines stand for the others, so that places stay what they are.
/// </summary>
internal static class EditorQuestions
{
    /// <summary>What is to be sent instead of a command about a cell with directives; null when the answer has been given.</summary>
    public static async Task<IReadOnlyList<KernelCommand>> SplitAsync(Kernel kernel, KernelCommand command, KernelInvocationContext context) => command switch
    {
        LanguageServiceCommand question => await AskAsync(kernel, question, context),
        RequestDiagnostics diagnostics => await kernel.SubmissionParser.SplitSubmission(diagnostics),
        _ => [command],
    };

    private static async Task<IReadOnlyList<KernelCommand>> AskAsync(Kernel kernel, LanguageServiceCommand command, KernelInvocationContext context)
    {
        if (!SubmissionParser.HasDirectives(command.Code)) return [command];
        var lines = kernel.SubmissionParser.LinesOf(command.Code, command.TargetKernelName);
        var at = lines[Math.Clamp(command.LinePosition.Line, 0, lines.Count - 1)];
        if (!at.IsDirective)
        {
            var code = SubmissionParser.Only(lines, at.Kernel);
            LanguageServiceCommand part = command switch
            {
                RequestCompletions => new RequestCompletions(code, command.LinePosition, at.Kernel.Name),
                RequestHoverText => new RequestHoverText(code, command.LinePosition, at.Kernel.Name),
                RequestSignatureHelp => new RequestSignatureHelp(code, command.LinePosition, at.Kernel.Name),
                _ => command,
            };
            return [part];
        }

        var column = Math.Clamp(command.LinePosition.Character, 0, at.Text.Length);
        if (command is RequestCompletions completions)
        {
            var before = at.Text[..column];
            var typed = before[(before.LastIndexOfAny([' ', '\t']) + 1)..];
            var items = await DirectiveCompletions.AtEndOf(at.Kernel, before, typed);
            context.Publish(new CompletionsProduced(items, completions, Span(command, column - typed.Length, column)));
        }
        else if (command is RequestHoverText hover && DirectiveHover.At(at.Kernel, at.Text, column) is var (markdown, word))
            context.Publish(new HoverTextProduced(hover,
                [new FormattedValue("text/markdown", markdown), new FormattedValue(PlainTextFormatter.MimeType, markdown.Replace("`", ""))], Span(command, word.Column, word.End)));
        else if (command is RequestSignatureHelp signatures)
            context.Publish(SignatureHelpProduced.Empty(signatures));
        return [];
    }

    private static LinePositionSpan Span(LanguageServiceCommand command, int start, int end) =>
        new(new LinePosition(command.LinePosition.Line, start), new LinePosition(command.LinePosition.Line, end));
}
