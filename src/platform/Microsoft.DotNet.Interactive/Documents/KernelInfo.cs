namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>What a document says of a kernel that its cells name.</summary>
public class KernelInfo(string name, string? languageName = null, IReadOnlyCollection<string>? aliases = null)
{
    public string Name { get; } = name;

    public string? LanguageName { get; } = languageName;

    public IReadOnlyCollection<string> Aliases { get; } = aliases ?? [];

    public override string ToString() => Name;
}
