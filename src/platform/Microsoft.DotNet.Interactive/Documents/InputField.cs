namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>A value that a notebook asks for.</summary>
/// <param name="valueName">The name of the value.</param>
/// <param name="typeHint">What kind of value it is: `text`, `password`, `file`...</param>
/// <param name="prompt">The question.</param>
public class InputField(string valueName, string typeHint = "text", string? prompt = null)
{
    public string ValueName { get; set; } = valueName;

    public string TypeHint { get; set; } = typeHint;

    public string Prompt { get; } = prompt ?? valueName;

    public override bool Equals(object? obj) => obj is InputField other && (ValueName, TypeHint, Prompt) == (other.ValueName, other.TypeHint, other.Prompt);

    public override int GetHashCode() => HashCode.Combine(ValueName, TypeHint, Prompt);

    public override string ToString() => $"{ValueName} ({TypeHint})";
}
