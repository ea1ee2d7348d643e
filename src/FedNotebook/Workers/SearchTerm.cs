using System.Globalization;

namespace FedNotebook;

/// <summary>One word of a search: a whole tag, an id as text, or a part of a description. Capitals count.</summary>
/// <param name="text">The word; not empty.</param>
internal readonly struct SearchTerm(string text)
{
    private readonly long? id = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text[0] != '0' ? number : null;

    public bool Matches(long objectId, Label? label) =>
        objectId == id || (label is not null && (label.Tags.Contains(text) || label.Description?.Contains(text, StringComparison.Ordinal) == true));
}
