namespace FedNotebook.Magic;

/// <summary>A parameter of a magic command, as it is written: <c>#!send --to</c>.</summary>
internal readonly record struct Argument(string Command, string Parameter)
{
    /// <summary>What is wrong with the value, with the parameter's name before it.</summary>
    internal MagicException Error(string what) => new($"{Command} {Parameter}: {what}");
}
