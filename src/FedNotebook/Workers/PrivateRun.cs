using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Runs an operation over private data so that nothing public tells of them afterwards. Privacy follows the memory: what is written into
/// becomes private with every object that lies in the same memory, and so does a tensor that gets a gradient. A module is excepted from
/// the latter: its gradients are what federated learning is for.
/// </summary>
internal sealed class PrivateRun(string worker, ObjectStore store, OperationMessage message, Operation operation)
{
    private const string Backward = "backward(";

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The arguments, of which a written one may be replaced by a copy.</param>
    /// <param name="inputs">What stands in the place of each argument.</param>
    /// <param name="users">Who may have all of the private inputs.</param>
    /// <param name="hidesShape">Whether the shape of an input tells of values.</param>
    public object? Run(object?[] arguments, ReadOnlySpan<Input> inputs, IReadOnlyCollection<string> users, bool hidesShape)
    {
        if (message.Name.StartsWith(Backward, StringComparison.Ordinal)) return RunBackward(arguments, users);
        foreach (var i in operation.Writes)
            if (inputs[i] is { Reference: { } reference, Tensor: { } written } target)
                lock (store.Door)
                    arguments[i] = MakePrivate(reference.Id, target.Entry, written, users, hidesShape);
        return Attempt(arguments);
    }

    /// <summary>Sees to it that only these users get what is about to be written into a tensor.</summary>
    /// <returns>The tensor to write into.</returns>
    private Tensor MakePrivate(long id, StoredObject target, Tensor written, IReadOnlyCollection<string> users, bool hidesShape)
    {
        if (!ReferenceEquals(store.Find(id), target)) throw new ObjectNotFoundError(id, worker);
        var memory = Storage.Of(written);
        var sharing = store.Entries.Select(e => e.Value)
            .Where(e => !ReferenceEquals(e, target) && memory != 0 && Storage.AllOf(e.Item).Contains(memory)).Append(target).ToList();

        var isOpen = sharing.Any(e => (e.IsSeenOutside || e.Item is nn.Module) && (e.AllowedUsers is null || e.AllowedUsers.Except(users).Any()));
        if (isOpen)
        {
            if (sharing.Count > 1 || !ReferenceEquals(written, target.Item)) throw GetNotPermittedError.WouldBeSeen(id, worker);
            target.LeaveMemory();
            written = (Tensor)target.Item;
        }

        foreach (var entry in sharing) entry.Restrict(users, hidesShape && ReferenceEquals(entry, target));
        return written;
    }

    /// <summary>Every tensor that could get a gradient is private while the pass runs; those that got none are as before then.</summary>
    private object? RunBackward(object?[] arguments, IReadOnlyCollection<string> users)
    {
        lock (store.Door)
        {
            var leaves = store.Entries.Select(e => e.Value).Where(e => e.TakesGradients)
                .Select(entry => (entry, tensor: (Tensor)entry.Item, allowed: entry.AllowedUsers, gradient: ((Tensor)entry.Item).grad)).ToList();
            foreach (var (entry, tensor, _, _) in leaves)
            {
                entry.Restrict(users);
                tensor.grad = null;
            }

            var isSeen = false;
            try
            {
                return Attempt(arguments);
            }
            finally
            {
                foreach (var (entry, tensor, allowed, gradient) in leaves) isSeen |= Settle(entry, tensor, allowed, gradient);
                if (isSeen) throw GetNotPermittedError.WouldBeSeen(null, worker);
            }
        }
    }

    /// <summary>Puts an earlier gradient back, and the new one on top of it.</summary>
    /// <returns>Whether a new one came that somebody outside would see; it is dropped then.</returns>
    private static bool Settle(StoredObject entry, Tensor tensor, IReadOnlyCollection<string>? allowed, Tensor? earlier)
    {
        using var noGrad = no_grad();
        using var came = tensor.grad;
        var isSeen = came is not null && entry.IsSeenOutside && allowed is null;
        if (came is null || isSeen)
        {
            entry.Allow(allowed);
            tensor.grad = earlier;
        }
        else if (earlier is not null)
        {
            tensor.grad = (earlier + came).DetachFromDisposeScope();
        }

        return isSeen;
    }

    private object? Attempt(object?[] arguments)
    {
        try
        {
            return operation.Run(arguments);
        }
        catch (OperationCanceledException)
        {
            // An interrupt is none of the operation's failures; whatever text it came with stays here.
            throw new OperationCanceledException();
        }
        catch (Exception e) when (e is not FederatedException)
        {
            throw OperationFailedException.Untold(worker, message.Name);
        }
    }
}
