namespace FedNotebook.Magic;

/// <summary>A parameter of a magic command, as it is written: <c>#!send --to</c>.</summary>
internal readonly record struct Argument(string Command, string Parameter)
{
    /// <summary>The only value. Two are told apart from one by the command, which knows what was meant, and not by the parser.</summary>
    /// <param name="values">The values.</param>
    /// <param name="hint">What may have been meant by more than one.</param>
    /// <exception cref="MagicException">There is none, or more than one.</exception>
    internal string One(IReadOnlyList<string> values, string hint = "") => values.Count switch
    {
        1 => values[0],
        0 => throw Error("the name is missing."),
        _ => throw Error($"this is one name, and here are {values.Count}: {string.Join(", ", values.Select(DirectiveText.Of))}.{hint}"),
    };

    /// <summary>What is wrong with the value, with the parameter's name before it.</summary>
    internal MagicException Error(string what) => new($"{Command} {Parameter}: {what}");
}
