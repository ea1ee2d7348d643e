using Microsoft.DotNet.Interactive;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>Places in code: Jupyter counts code points, .NET counts UTF-16 units, kernels count lines and characters.</summary>
internal static class CursorPosition
{
    public static int ToIndex(string code, int? codePoints)
    {
        var index = 0;
        for (var left = codePoints ?? int.MaxValue; left > 0 && index < code.Length; left--) index += IsPair(code, index) ? 2 : 1;
        return index;
    }

    public static int FromIndex(string code, int index)
    {
        var codePoints = 0;
        for (var i = 0; i < index; codePoints++) i += IsPair(code, i) ? 2 : 1;
        return codePoints;
    }

    public static LinePosition ToLine(string code, int index)
    {
        var before = code[..index];
        return new(before.Count(character => character == '\n'), index - (before.LastIndexOf('\n') + 1));
    }

    public static int FromLine(string code, LinePosition position)
    {
        var start = 0;
        for (var line = 0; line < position.Line; line++)
        {
            var end = code.IndexOf('\n', start);
            if (end < 0) return code.Length;
            start = end + 1;
        }

        return Math.Min(start + position.Character, code.Length);
    }

    public static bool IsPartOfName(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static bool IsPair(string code, int index) =>
        char.IsHighSurrogate(code[index]) && index + 1 < code.Length && char.IsLowSurrogate(code[index + 1]);
}
