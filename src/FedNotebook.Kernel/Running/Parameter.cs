using Microsoft.CodeAnalysis.CSharp;

namespace FedNotebook.Kernel.Running;

/// <summary>A value that is given to a notebook on the command line, as <c>NAME=VALUE</c>.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The value as it was typed.</param>
internal sealed record Parameter(string Name, string Value)
{
    /// <exception cref="UserErrorException">It is not of this form, or the name is not one that C# allows.</exception>
    public static Parameter Parse(string text)
    {
        var equals = text.IndexOf('=');
        if (equals < 0) throw new UserErrorException($"--param takes NAME=VALUE, and '{text}' has no '='.");
        var name = text[..equals].Trim();
        if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            throw new UserErrorException($"--param {text}: '{name}' is not a name that C# allows for a variable.");
        }

        return new(name, text[(equals + 1)..]);
    }
}
