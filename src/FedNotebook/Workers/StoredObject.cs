using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>An object in a store.</summary>
/// <param name="item">A tensor, a module or a stored pointer.</param>
/// <param name="label">Its label; null for a result that nobody named or restricted.</param>
/// <param name="arrival">When it came: later objects have larger numbers.</param>
internal sealed class StoredObject(object item, Label? label, long arrival)
{
    /// <summary>What is added to the number of uses when the object goes; no number of threads reaches it.</summary>
    private const int Gone = int.MinValue / 2;

    private volatile object item = item;
    private volatile Label? label = label;
    private volatile int uses;

    public object Item => item;

    public Label? Label => label;

    public long Arrival => arrival;

    /// <summary>Who may take it away; null: everybody.</summary>
    public IReadOnlyCollection<string>? AllowedUsers => label?.AllowedUsers;

    /// <summary>Whether it lies in the same memory as another object that the worker holds or held.</summary>
    public bool IsShared { get; set; }

    /// <summary>Whether somebody outside the worker has the very tensor: it was not copied on its way in, or was looked at.</summary>
    public bool IsSeenOutside { get; set; }

    /// <summary>Whether it keeps its gradient although it is no leaf.</summary>
    public bool RetainsGradient { get; set; }

    /// <summary>Whether a backward pass may leave a gradient in it.</summary>
    public bool TakesGradients => item is Tensor { IsInvalid: false, requires_grad: true } tensor && (RetainsGradient || tensor.is_leaf);

    /// <summary>Begins to use the object: until <see cref="Leave"/> its tensor does not end, even if another thread removes it.</summary>
    /// <returns>False: it is gone.</returns>
    public bool Enter()
    {
        for (var now = uses; now >= 0; now = uses)
            if (Interlocked.CompareExchange(ref uses, now + 1, now) == now) return true;
        return false;
    }

    /// <summary>Ends a use; the last one of an object that is gone ends its tensor.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref uses) == Gone) DisposeTensor();
    }

    /// <summary>Takes the tensor out of an object that was removed from the store.</summary>
    /// <returns>False: another thread uses it.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref uses, Gone, 0) == 0;

    /// <summary>Ends the tensor of an object that was removed from the store, as soon as nobody uses it.</summary>
    public void End()
    {
        if (Interlocked.Add(ref uses, Gone) == Gone) DisposeTensor();
    }

    /// <summary>What others may see of it: a private tensor shows its shape, not its values.</summary>
    public object Shown => label is { AllowedUsers: not null } hiding ? new PrivateTensor(item as Tensor, hiding) : item;

    /// <summary>Lets only those have it who may have it already and are among these users.</summary>
    public void Restrict(IReadOnlyCollection<string> users, bool hidesShape = false)
    {
        var restricted = label ?? new Label();
        restricted.AllowedUsers = restricted.AllowedUsers is { } before ? [.. before.Intersect(users)] : users;
        restricted.HidesShape |= hidesShape;
        label = restricted;
    }

    /// <summary>Takes back a restriction that turned out not to be needed.</summary>
    /// <param name="before">Who might have it before.</param>
    public void Allow(IReadOnlyCollection<string>? before) => label!.AllowedUsers = before;

    /// <summary>Goes on in memory of its own; whoever has seen the tensor keeps the old one.</summary>
    public void LeaveMemory()
    {
        var tensor = (Tensor)item;
        item = (tensor.requires_grad && !tensor.is_leaf ? tensor.clone() : TensorCopy.Of(tensor)).DetachFromDisposeScope();
        IsSeenOutside = false;
    }

    private void DisposeTensor()
    {
        if (!IsSeenOutside) (item as Tensor)?.Dispose();
    }
}
