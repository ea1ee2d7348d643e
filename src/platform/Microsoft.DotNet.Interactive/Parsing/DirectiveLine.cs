using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Documents;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>A directive as it was written: which one, and the values of its parameters.</summary>
internal sealed class DirectiveLine
{
    private readonly int line;
    private readonly DirectiveToken name;

    private DirectiveLine(KernelDirective directive, DirectiveToken name, int line)
    {
        Directive = directive;
        this.name = name;
        this.line = line;
    }

    public KernelDirective Directive { get; private set; }

    /// <summary>The directive as one that runs something; null for one that chooses a kernel.</summary>
    public KernelActionDirective? Action => Directive as KernelActionDirective;

    public Dictionary<KernelDirectiveParameter, List<DirectiveToken>> Values { get; } = [];

    /// <summary>`#!name`, or `#!name subcommand`.</summary>
    public string InvokedDirective => Action?.Parent is { } parent ? $"{parent.Name} {Directive.Name}" : Directive.Name;

    public static DirectiveLine Read(KernelDirective directive, List<DirectiveToken> tokens, int line)
    {
        var read = new DirectiveLine(directive, tokens[0], line);
        read.ReadArguments(tokens);
        read.CheckRequired();
        return read;
    }

    public DirectiveException Error(string code, string message, DirectiveToken? at = null) =>
        new(code, message, line, (at ?? name).Column, (at ?? name).Text.Length);

    /// <summary>Tells what was written to whoever looks at the line without running it.</summary>
    public void Describe(DirectiveParseResult result)
    {
        result.CommandName = InvokedDirective;
        foreach (var (parameter, tokens) in Values)
        {
            result.Parameters[parameter.Name] = parameter.Flag ? "true" : string.Join(' ', tokens.Select(t => t.Text));
            foreach (var token in tokens.Where(t => !parameter.Flag && !t.IsQuoted && t.Text is ['@', _, ..]))
                if (ValueReference.Read(token.Text) is { IsInput: true } reference) result.InputFields.Add(reference.ToInputField(parameter));
        }
    }

    private void ReadArguments(List<DirectiveToken> tokens)
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!token.IsQuoted && Action is { Parent: null } parent && parent.Subcommands.FirstOrDefault(s => s.Name == token.Text) is { } subcommand)
            {
                if (Values.Count > 0) throw Error("DNI107", $"Parameters must follow the subcommand '{subcommand.Name}'.", token);
                Directive = subcommand;
                continue;
            }

            var parameter = token.IsParameterName ? ParameterNamed(token) : ImplicitParameter(token);
            var values = Values.TryGetValue(parameter, out var before) ? before : Values[parameter] = [];
            if (values.Count == parameter.MaxOccurrences)
                throw Error("DNI105", $"A maximum of {parameter.MaxOccurrences} occurrences are allowed for the parameter '{parameter.Name}' of {InvokedDirective}.", token);
            if (!token.IsParameterName || parameter.Flag) values.Add(token);
            else if (i + 1 < tokens.Count && !tokens[i + 1].IsParameterName) values.Add(tokens[++i]);
            else throw Error("DNI104", $"A value is missing after '{parameter.Name}'.", token);
        }
    }

    private void CheckRequired()
    {
        foreach (var parameter in Directive.Parameters.Where(p => p.Required && !Values.ContainsKey(p)))
            throw Error("DNI104", $"Missing required parameter '{parameter.Name}' of {InvokedDirective}.");
    }

    private KernelDirectiveParameter ParameterNamed(DirectiveToken token) =>
        Directive.Parameters.FirstOrDefault(p => p.Name == token.Text)
        ?? throw Error("DNI103", $"Unrecognized parameter name '{token.Text}'. {Known}", token);

    private KernelDirectiveParameter ImplicitParameter(DirectiveToken token) =>
        Directive.Parameters.FirstOrDefault(p => p.AllowImplicitName)
        ?? throw Error("DNI103", $"{InvokedDirective} does not know what '{token.Text}' is. {Known}", token);

    private string Known
    {
        get
        {
            string[] words = [.. Action?.Subcommands.Where(s => !s.Hidden).Select(s => s.Name) ?? [], .. Directive.Parameters.Select(p => p.Name)];
            return words.Length == 0 ? $"{InvokedDirective} has no parameters." : $"{InvokedDirective} knows {string.Join(", ", words)}.";
        }
    }
}
