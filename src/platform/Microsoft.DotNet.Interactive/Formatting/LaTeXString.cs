namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>LaTeX, to be shown as the formula that it describes.</summary>
[TypeFormatterSource(typeof(LaTeXFormatters), PreferredMimeTypes = [MimeType])]
public class LaTeXString(string latexCode)
{
    internal const string MimeType = "text/latex";

    private readonly string code = latexCode ?? throw new ArgumentNullException(nameof(latexCode));

    public static implicit operator LaTeXString(string source) => new(source);

    public override string ToString() => code;

    private sealed class LaTeXFormatters : ITypeFormatterSource
    {
        public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
            [new LaTeXFormatter(), new PlainTextFormatter<LaTeXString>(latex => latex.ToString())];
    }

    private sealed class LaTeXFormatter : TypeFormatter<LaTeXString>
    {
        public override string MimeType => LaTeXString.MimeType;

        public override bool Format(LaTeXString value, FormatContext context)
        {
            context.Writer.Write(value);
            return true;
        }
    }
}
