namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>What a line that begins with `#!` says.</summary>
public class DirectiveParseResult
{
    /// <summary>The directive, as `#!name`; null where the line has none.</summary>
    public string? CommandName { get; set; }

    /// <summary>What is wrong with the line, a sentence each.</summary>
    public IList<string> Errors { get; } = new List<string>();

    /// <summary>The values of the parameters, as they were written, by the parameters' names (`--name`).</summary>
    public IDictionary<string, string> Parameters { get; } = new Dictionary<string, string>();

    /// <summary>The values that have to be asked for before the line can run.</summary>
    public IList<InputField> InputFields { get; } = new List<InputField>();
}
