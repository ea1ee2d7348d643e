namespace Microsoft.DotNet.Interactive;

/// <summary>A place in a code submission; lines and characters count from 0.</summary>
public record LinePosition(int Line, int Character)
{
    /// <summary>The same place in a text that begins at another one.</summary>
    public LinePosition SubtractLineOffset(LinePosition offset) => this with { Line = Line - offset.Line };

    public Microsoft.CodeAnalysis.Text.LinePosition ToCodeAnalysisLinePosition() => new(Line, Character);

    public static LinePosition FromCodeAnalysisLinePosition(Microsoft.CodeAnalysis.Text.LinePosition linePosition) =>
        new(linePosition.Line, linePosition.Character);
}
