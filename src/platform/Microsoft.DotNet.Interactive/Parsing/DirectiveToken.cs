namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>A word of a directive line: a name, or a value in quotes or in JSON.</summary>
internal sealed record DirectiveToken(string Text, int Column, bool IsQuoted)
{
    public bool IsParameterName => !IsQuoted && Text.StartsWith('-') && Text.Length > 1 && !char.IsDigit(Text[1]) && Text[1] != '.';

    /// <summary>Where the word ends in its line, its quotes included.</summary>
    public int End => Column + Text.Length + (IsQuoted ? 2 : 0);

    public static List<DirectiveToken> Read(string line)
    {
        var tokens = new List<DirectiveToken>();
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
                continue;
            }

            var end = line[i] switch
            {
                '"' => EndOfString(line, i),
                '{' or '[' => EndOfJson(line, i),
                _ => EndOfWord(line, i),
            };
            var text = line[i..end];
            var quoted = text.Length > 1 && text[0] == '"' && text[^1] == '"';
            tokens.Add(new DirectiveToken(quoted ? text[1..^1] : text, i, quoted));
            i = end;
        }

        return tokens;
    }

    private static int EndOfWord(string line, int start)
    {
        var i = start;
        while (i < line.Length && !char.IsWhiteSpace(line[i]))
            // `@input:{...}` and `@input:"..."` may have spaces in them.
            i = line[start] != '@' ? i + 1 : line[i] switch { '{' => EndOfJson(line, i), '"' => EndOfString(line, i), _ => i + 1 };
        return i;
    }

    private static int EndOfString(string line, int start)
    {
        for (var i = start + 1; i < line.Length; i++)
            if (line[i] == '\\') i++;
            else if (line[i] == '"') return i + 1;
        return line.Length;
    }

    private static int EndOfJson(string line, int start)
    {
        var depth = 0;
        for (var i = start; i < line.Length; i++)
            if (line[i] == '"') i = EndOfString(line, i) - 1;
            else if (line[i] is '{' or '[') depth++;
            else if (line[i] is '}' or ']' && --depth == 0) return i + 1;
        return line.Length;
    }
}
