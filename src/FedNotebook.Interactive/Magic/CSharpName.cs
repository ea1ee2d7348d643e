using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace FedNotebook.Magic;

/// <summary>How names and texts are written in C#.</summary>
internal static class CSharpName
{
    // Words that C# allows, but after which the next statement would not mean what it says.
    private static readonly HashSet<string> taken = ["_", "await", "sy", "torch"];

    /// <summary>Whether a variable can be called so.</summary>
    internal static bool Allows(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && !taken.Contains(name) && name.All(IsPart);

    /// <summary>The name itself, or the nearest one that a variable can have: <c>hospital_1</c> for <c>hospital-1</c>.</summary>
    /// <param name="name">The name that was wanted.</param>
    /// <param name="otherwise">The name where nothing of it can be kept.</param>
    internal static string Nearest(string name, string otherwise)
    {
        if (Allows(name)) return name;
        var text = new StringBuilder();
        foreach (var c in name) text.Append(IsPart(c) ? c : '_');
        if (text.Length > 0 && !SyntaxFacts.IsIdentifierStartCharacter(text[0])) text.Insert(0, '_');
        var near = text.ToString();
        if (near.All(c => c == '_')) return otherwise;
        return Allows(near) ? near : near + "_";
    }

    /// <summary>Checks the name that a new variable shall have.</summary>
    /// <param name="argument">The parameter that gives it.</param>
    /// <param name="name">The name.</param>
    /// <param name="used">What the statement mentions: a variable cannot be declared by what needs its old value.</param>
    /// <exception cref="MagicException">C# does not allow the name.</exception>
    internal static string Check(Argument argument, string name, params IEnumerable<string> used)
    {
        if (!Allows(name)) throw argument.Error($"{Quote(name)} is not a name that C# allows for a new variable; {Nearest(name, "result")} is.");
        if (used.Contains(name)) throw argument.Error($"the statement needs {name} as it is, so its result needs another name, such as --as {name}_2.");
        return name;
    }

    /// <summary>How a variable is mentioned that has this name already.</summary>
    internal static string Mention(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>A text as C# writes it, in quotes.</summary>
    internal static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    // Characters that are not seen make no difference between names: C# drops them.
    private static bool IsPart(char c) => SyntaxFacts.IsIdentifierPartCharacter(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format;
}
