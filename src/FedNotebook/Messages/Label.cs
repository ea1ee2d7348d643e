using System.Runtime.CompilerServices;

namespace FedNotebook;

/// <summary>The id, the tags and the description that an object carries wherever it goes.</summary>
public sealed class Label
{
    private static readonly ConditionalWeakTable<object, Label> Labels = [];

    private static readonly Lock Door = new();

    // Replaced, never changed: a worker may be searched while a tag is added.
    private string[] tags = [];

    /// <summary>The object's id: the one that it keeps when it is sent.</summary>
    public long Id { get; private init; } = IdProvider.Next();

    /// <summary>The tags, in the order in which they were given, each once.</summary>
    public IReadOnlyList<string> Tags => tags;

    /// <summary>The description, or null.</summary>
    public string? Description { get; set; }

    /// <summary>Who may take the object away from a worker; null: everybody.</summary>
    public IReadOnlyCollection<string>? AllowedUsers { get; internal set; }

    /// <summary>Whether even the shape tells of private values, as that of <c>nonzero()</c> does.</summary>
    internal bool HidesShape { get; set; }

    /// <summary>Whether that user may take the object away from a worker.</summary>
    public bool Allows(string? user) => AllowedUsers is null || (user is not null && AllowedUsers.Contains(user));

    /// <summary>A label without tags for what was computed from objects of which one at least is private.</summary>
    internal static Label Private(IReadOnlyCollection<string> allowedUsers, bool hidesShape) => new() { AllowedUsers = allowedUsers, HidesShape = hidesShape };

    /// <summary>Makes this the label of an object.</summary>
    internal void Attach(object to) => Labels.AddOrUpdate(to, this);

    /// <summary>The label of an object; an object that has none gets one with a fresh id.</summary>
    public static Label Of(object of)
    {
        ArgumentNullException.ThrowIfNull(of);
        return Labels.GetValue(of, static _ => new Label());
    }

    /// <summary>The label of an object; null when it has none.</summary>
    internal static Label? Find(object of) => Labels.TryGetValue(of, out var label) ? label : null;

    /// <summary>Gives an object the id, tags, description and restriction of another, of which it is the copy.</summary>
    internal static Label Carry(Label from, object to) => Carry(from, from.Id, to);

    /// <summary>Gives an object the tags, description and restriction of another, of which it is a part; its id is its own.</summary>
    internal static Label CarryToPart(Label from, object to) => Carry(from, IdProvider.Next(), to);

    private static Label Carry(Label from, long id, object to)
    {
        var label = new Label { Id = id, Description = from.Description, AllowedUsers = from.AllowedUsers, HidesShape = from.HidesShape };
        label.Add(from.Tags);
        label.Attach(to);
        return label;
    }

    /// <summary>Whether this is one of the tags.</summary>
    internal bool Has(string tag)
    {
        foreach (var own in tags)
            if (own == tag) return true;

        return false;
    }

    /// <summary>Adds tags that are not there yet.</summary>
    internal void Add(IEnumerable<string> more)
    {
        lock (Door) tags = [.. tags.Union(more)];
    }
}
