namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>What a directive has to be, so that its lines can be read in one way only.</summary>
internal static class DirectiveRules
{
    /// <exception cref="ArgumentException">The directive breaks a rule.</exception>
    public static void Check(KernelActionDirective directive)
    {
        if (directive.Parent is null && !directive.Name.StartsWith('#')) throw new ArgumentException($"The name of a magic command begins with '#!': '{directive.Name}' does not.", nameof(directive));
        if (directive.Name.Any(char.IsWhiteSpace)) throw new ArgumentException($"The name of a magic command is one word: '{directive.Name}' is not.", nameof(directive));
        if (directive.Parameters.Where(p => p.AllowImplicitName).Skip(1).Any()) throw new ArgumentException($"Only one parameter of {directive.Name} can do without its name.", nameof(directive));
        if (directive.Parameters.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"{directive.Name} has the parameter '{twice.Key}' twice.", nameof(directive));
        foreach (var subcommand in directive.Subcommands) Check(subcommand);
    }
}
