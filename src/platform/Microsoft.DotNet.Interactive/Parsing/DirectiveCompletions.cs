using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>What can stand in a line that begins with `#!`.</summary>
internal static class DirectiveCompletions
{
    /// <param name="kernel">The kernel whose line it is.</param>
    /// <param name="line">The line up to the cursor.</param>
    /// <param name="typed">The word that the cursor is in, which a completion replaces.</param>
    public static async Task<IReadOnlyList<CompletionItem>> AtEndOf(Kernel kernel, string line, string typed)
    {
        var tokens = DirectiveToken.Read(line[..^typed.Length]);
        var items = tokens.Count == 0 ? Directives(kernel) : await ArgumentsAsync(kernel, tokens);
        return [.. items.Where(i => i.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
    }

    private static IEnumerable<CompletionItem> Directives(Kernel kernel)
    {
        for (var k = kernel; k is not null; k = k.ParentKernel)
            foreach (var directive in k.KernelInfo.SupportedDirectives.Where(d => !d.Hidden && d.Name.StartsWith("#!", StringComparison.Ordinal)))
                yield return new CompletionItem(directive.Name, "Method", documentation: directive.Description);
        foreach (var other in kernel.RootKernel.FindKernels(k => k is not CompositeKernel))
            yield return new CompletionItem(other.KernelSpecifierDirective.Name, "Method", documentation: $"The lines below are {other.KernelInfo.LanguageName ?? other.Name}.");
    }

    private static async Task<IReadOnlyList<CompletionItem>> ArgumentsAsync(Kernel kernel, List<DirectiveToken> tokens)
    {
        KernelActionDirective? directive = SubmissionParser.FindDirective(kernel, tokens[0].Text);
        if (directive is null) return [];
        if (tokens.Count > 1 && directive.Subcommands.FirstOrDefault(s => s.Name == tokens[1].Text) is { } subcommand) (directive, tokens) = (subcommand, tokens[1..]);
        if (tokens[^1].IsParameterName && directive.Parameters.FirstOrDefault(p => p.Name == tokens[^1].Text) is { Flag: false } parameter)
            return await parameter.GetValueCompletionsAsync();
        var spent = directive.Parameters.Where(p => tokens.Count(t => t.IsParameterName && t.Text == p.Name) >= p.MaxOccurrences).Select(p => p.Name).ToHashSet();
        var children = (await directive.GetChildCompletionsAsync()).Where(c => (tokens.Count == 1 || c.Kind != "Method") && !spent.Contains(c.DisplayText));
        return directive.Parameters.FirstOrDefault(p => p.AllowImplicitName) is { } unnamed ? [.. await unnamed.GetValueCompletionsAsync(), .. children] : [.. children];
    }
}
