using System.Text;
using Microsoft.DotNet.Interactive.Directives;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>What a word of a directive line means.</summary>
internal static class DirectiveHover
{
    /// <returns>Markdown, and the word it is about; null where there is nothing to say.</returns>
    public static (string Markdown, DirectiveToken Word)? At(Kernel kernel, string line, int column)
    {
        var tokens = DirectiveToken.Read(line);
        var index = tokens.FindIndex(t => t.Column <= column && column <= t.End);
        if (index < 0) return null;
        var (word, first) = (tokens[index], tokens[0].Text);
        KernelDirective? directive = SubmissionParser.FindDirective(kernel, first);
        var named = directive is null ? SubmissionParser.FindKernel(kernel, first) : null;
        directive ??= named?.KernelSpecifierDirective;
        if (directive is null) return null;
        if (index == 0 && named is not null) return (Describe(directive) + $"\n\nThe lines below run in the kernel `{named.Name}`{(named.KernelInfo.LanguageName is { } language ? $" ({language})" : "")}.", word);
        if (index == 0) return (Describe(directive), word);
        if (directive is KernelActionDirective action && tokens.Skip(1).Select(t => action.Subcommands.FirstOrDefault(s => s.Name == t.Text)).FirstOrDefault(s => s is not null) is { } subcommand)
        {
            if (word.Text == subcommand.Name) return (Describe(subcommand), word);
            directive = subcommand;
        }

        // A value is explained by the parameter that it is given to.
        var parameter = directive.Parameters.FirstOrDefault(p => p.Name == word.Text)
            ?? directive.Parameters.FirstOrDefault(p => p.Name == tokens[index - 1].Text && !p.Flag)
            ?? directive.Parameters.FirstOrDefault(p => p.AllowImplicitName);
        return parameter is null ? null : ($"`{parameter.Name}`{Tags(parameter)}" + (parameter.Description.Length > 0 ? "\n\n" + parameter.Description : ""), word);
    }

    private static string Describe(KernelDirective directive)
    {
        var text = new StringBuilder("`").Append(directive.Name).Append('`');
        if (!string.IsNullOrWhiteSpace(directive.Description)) text.Append("\n\n").Append(directive.Description);
        if (directive is KernelActionDirective { Subcommands: { Count: > 0 } subcommands })
            Table("Subcommand", subcommands.Where(s => !s.Hidden).Select(s => (s.Name, s.Description ?? "")));
        if (directive.Parameters.Count > 0)
            Table("Parameter", directive.Parameters.Select(p => (p.Name, (p.Description + Tags(p)).Trim())));
        return text.ToString();

        void Table(string head, IEnumerable<(string Name, string Description)> rows)
        {
            text.Append($"\n\n| {head} | Description |\n|---|---|");
            foreach (var (name, description) in rows) text.Append($"\n| `{name}` | {description.Replace("|", "\\|").ReplaceLineEndings(" ")} |");
        }
    }

    private static string Tags(KernelDirectiveParameter parameter)
    {
        string[] tags =
        [
            .. parameter.Required ? ["required"] : Array.Empty<string>(),
            .. parameter.Flag ? ["flag"] : Array.Empty<string>(),
            .. parameter.AllowImplicitName ? ["the name may be left out"] : Array.Empty<string>(),
            .. parameter.MaxOccurrences is > 1 and < int.MaxValue ? [$"up to {parameter.MaxOccurrences} times"] : Array.Empty<string>(),
        ];
        return tags.Length > 0 ? $" ({string.Join(", ", tags)})" : "";
    }
}
