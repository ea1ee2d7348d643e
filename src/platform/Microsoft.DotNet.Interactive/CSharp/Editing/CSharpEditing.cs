using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>Answers what an editor asks while a cell is typed. Nothing is run and nothing is remembered.</summary>
/// <param name="script">The cells that have run.</param>
/// <param name="parse">Reads a cell that may be half-typed.</param>
internal sealed class CSharpEditing(Script script, Func<string, (SyntaxTree Tree, ScriptReferences References, IReadOnlyList<Diagnostic> Missing)> parse)
{
    public CompletionsProduced Complete(RequestCompletions command)
    {
        var (model, position) = Place(command);
        var text = model.SyntaxTree.GetText();
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1])) start--;
        var items = Completions.At(model, position, text.ToString(TextSpan.FromBounds(start, position)));
        return new CompletionsProduced(items, command, Lines(text, TextSpan.FromBounds(start, position)));
    }

    public HoverTextProduced? Describe(RequestHoverText command)
    {
        var (model, position) = Place(command);
        return Hover.At(model, position) is { } hover
            ? new HoverTextProduced(command, [new FormattedValue("text/markdown", hover.Markdown), new FormattedValue(PlainTextFormatter.MimeType, hover.PlainText)], Lines(model.SyntaxTree.GetText(), hover.Span))
            : null;
    }

    public SignatureHelpProduced ShowSignatures(RequestSignatureHelp command)
    {
        var (model, position) = Place(command);
        return Signatures.At(model, position) is { } signatures
            ? new SignatureHelpProduced(command, signatures.All, signatures.Active, signatures.ActiveParameter)
            : SignatureHelpProduced.Empty(command);
    }

    // A place outside the code is the nearest one inside it.
    private (SemanticModel Model, int Position) Place(LanguageServiceCommand command)
    {
        var (tree, references, _) = parse(command.Code);
        var lines = tree.GetText().Lines;
        var line = lines[Math.Clamp(command.LinePosition.Line, 0, lines.Count - 1)];
        return (script.Look(tree, references), Math.Clamp(line.Start + command.LinePosition.Character, line.Start, line.End));
    }

    private static LinePositionSpan Lines(SourceText text, TextSpan span) => LinePositionSpan.FromCodeAnalysisLinePositionSpan(text.Lines.GetLinePositionSpan(span));
}
