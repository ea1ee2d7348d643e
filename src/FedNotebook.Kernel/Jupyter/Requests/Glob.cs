using System.Text;
using System.Text.RegularExpressions;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>Patterns of a shell: <c>*</c> is any text, <c>?</c> any character, <c>[a-z]</c> one of these and <c>[!a-z]</c> one of the others.</summary>
internal static class Glob
{
    public static Regex ToRegex(string glob)
    {
        var pattern = new StringBuilder("^(?:");
        for (var i = 0; i < glob.Length; i++)
        {
            var end = glob[i] == '[' && i + 2 < glob.Length ? glob.IndexOf(']', i + 2) : -1;
            if (end > 0)
            {
                pattern.Append(Class(glob[(i + 1)..end]));
                i = end;
            }
            else pattern.Append(glob[i] switch { '*' => ".*", '?' => ".", var other => Regex.Escape(other.ToString()) });
        }

        // It takes time in proportion to the text, whatever the pattern.
        return new(pattern.Append(")$").ToString(), RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    private static string Class(string characters)
    {
        var isOther = characters[0] is '!' or '^' && characters.Length > 1;
        var set = new StringBuilder(isOther ? "[^" : "[");
        if (isOther) characters = characters[1..];
        for (var i = 0; i < characters.Length; i++)
        {
            var (first, last) = (characters[i], characters[i]);
            if (i + 2 < characters.Length && characters[i + 1] == '-') last = characters[i += 2];
            // A range that runs backwards has nothing in it but its ends.
            if (first > last) set.Append($"\\u{(int)first:x4}\\u{(int)last:x4}");
            else set.Append($"\\u{(int)first:x4}-\\u{(int)last:x4}");
        }

        return set.Append(']').ToString();
    }
}
