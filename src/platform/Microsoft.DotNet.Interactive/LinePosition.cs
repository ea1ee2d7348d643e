namespace Microsoft.DotNet.Interactive;

/// <summary>A place in a code submission; lines and characters count from 0.</summary>
public record LinePosition(int Line, int Character)
{
    public Microsoft.CodeAnalysis.Text.LinePosition ToCodeAnalysisLinePosition() => new(Line, Character);

    public static LinePosition FromCodeAnalysisLinePosition(Microsoft.CodeAnalysis.Text.LinePosition linePosition) =>
        new(linePosition.Line, linePosition.Character);
}
