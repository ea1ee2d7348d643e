namespace FedNotebook.Views;

/// <summary>The way of a pointer: who holds it, whom it points to, and over pointers to pointers on to the object. It is found by looking; nobody is asked.</summary>
internal sealed class PointerPath
{
    private const int MostHops = 32;

    private readonly List<PointerHop> hops;

    internal PointerPath(ObjectPointer pointer)
    {
        hops = [new(pointer.owner.id, pointer.id), new(pointer.location.id, pointer.id_at_location)];
        if (pointer.HasEnded)
        {
            Lost = "It points to nothing any more: its object was taken home or deleted through it.";
            return;
        }

        var at = pointer.location;
        while (at.TryPeek(hops[^1].Id, entry => entry.Item as StoredPointer ?? (object)ObjectFacts.Of(entry.Shown), out var seen))
        {
            if (seen is not StoredPointer next)
            {
                Target = seen as ObjectFacts;
                Lost = Target is null ? $"Its object is no longer at {at.id}." : null;
                return;
            }

            hops.Add(new(next.Location, next.Id));
            if (hops.Count == MostHops || !at._known_workers.TryGetValue(next.Location, out at!)) return;
        }
    }

    /// <summary>The worker that holds the pointer, and then each worker that is pointed to.</summary>
    internal IReadOnlyList<PointerHop> Hops => hops;

    /// <summary>What is known of the object; null where one cannot look.</summary>
    internal ObjectFacts? Target { get; }

    /// <summary>Why there is no object; null where there is one, as far as can be seen.</summary>
    internal string? Lost { get; }
}
