using System.Text.RegularExpressions;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>A cell that asks what a name is: <c>NAME?</c> or <c>?NAME</c>, with a second question mark for more.</summary>
/// <param name="Name">The name, with the names before its dots.</param>
/// <param name="Detail">1 when more is wanted than the documentation.</param>
internal sealed partial record Question(string Name, int Detail)
{
    public static Question? In(string code)
    {
        var match = Asked().Match(code);
        if (!match.Success) return null;
        var marks = match.Groups["before"].Length + match.Groups["after"].Length;
        return marks is 1 or 2 ? new(match.Groups["name"].Value, marks - 1) : null;
    }

    [GeneratedRegex(@"^\s*(?<before>\?{0,2})\s*(?<name>(?:#!)?@?[\p{L}_][\w\-]*(?:\.@?[\p{L}_]\w*)*)\s*(?<after>\?{0,2})\s*$")]
    private static partial Regex Asked();
}
