namespace FedNotebook;

/// <summary>An object in a store.</summary>
/// <param name="Item">A tensor, a module or a stored pointer.</param>
/// <param name="Label">Its label; null for a result that nobody named or restricted.</param>
/// <param name="Arrival">When it came: later objects have larger numbers.</param>
internal sealed record StoredObject(object Item, Label? Label, long Arrival)
{
    /// <summary>What others may see of it: a private tensor shows its shape, not its values.</summary>
    public object Shown => Label?.AllowedUsers is null ? Item : new PrivateTensor(Item as TorchSharp.torch.Tensor, Label);
}
