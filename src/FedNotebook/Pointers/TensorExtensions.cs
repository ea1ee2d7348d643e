using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>What federated work adds to TorchSharp's tensor.</summary>
public static class TensorExtensions
{
    extension(Tensor tensor)
    {
        /// <summary>The tensor's id, which it keeps where it is sent.</summary>
        public long id => Label.Of(tensor).Id;

        /// <summary>The tags that <c>tag</c> gave.</summary>
        public IReadOnlyList<string> tags => Label.Of(tensor).Tags;

        /// <summary>What <c>describe</c> gave, or null.</summary>
        public string? description => Label.Of(tensor).Description;

        /// <summary>Whether only some users may have the tensor.</summary>
        public bool is_private => Label.Of(tensor).AllowedUsers is not null;

        /// <summary>Sends a copy of the tensor, its gradient included, to a worker. The local tensor stays as it is.</summary>
        /// <param name="location">The worker that shall hold it.</param>
        /// <param name="user">Who sends it, where the tensor is private.</param>
        /// <param name="garbage_collect_data">Whether the copy goes when the pointer goes.</param>
        /// <returns>The pointer, which owns the tensor at the worker.</returns>
        /// <exception cref="SendNotPermittedError">The tensor is private, and not for that user.</exception>
        public PointerTensor send(BaseWorker location, string? user = null, bool garbage_collect_data = true)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            ArgumentNullException.ThrowIfNull(location);
            var label = Label.Of(tensor);
            if (!label.Allows(user)) throw new SendNotPermittedError(location.id, user);
            var copy = TensorCopy.Of(tensor);
            var at = (ObjectDescriptor)location.recv_msg(new ObjectMessage(label.Id, copy, Label.Carry(label, copy)) { IsHandedOver = true })!;
            return new PointerTensor(WorkerRegistry.Me, location, at with { Shape = tensor.shape }, garbage_collect_data);
        }

        /// <summary>Sends a copy of the tensor to each of several workers.</summary>
        /// <param name="locations">The workers, each once.</param>
        /// <returns>The pointers to all of them, as one.</returns>
        public MultiPointerTensor send(params BaseWorker[] locations)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            ArgumentNullException.ThrowIfNull(locations);
            if (locations.Length == 0) throw new ArgumentException("Name the worker that shall have the tensor: x.send(bob).", nameof(locations));
            if (locations.Contains(null)) throw new ArgumentException("One of the workers is null.", nameof(locations));
            if (locations.Distinct().Count() < locations.Length)
                throw new ArgumentException($"Name each worker once; here they are {string.Join(", ", locations.Select(w => w.id))}.", nameof(locations));
            var sent = new List<PointerTensor>();
            try
            {
                foreach (var location in locations) sent.Add(tensor.send(location, user: null));
                return new MultiPointerTensor([.. sent]);
            }
            catch
            {
                foreach (var pointer in sent) pointer.Dispose();
                throw;
            }
        }

        /// <summary>Lets only some users send the tensor, and take it or what is computed from it away from a worker.</summary>
        /// <param name="allowed_users">Their names; none: nobody may.</param>
        /// <returns>The tensor itself.</returns>
        public Tensor private_tensor(IEnumerable<string> allowed_users)
        {
            ArgumentNullException.ThrowIfNull(allowed_users);
            Label.Of(tensor).AllowedUsers = [.. allowed_users];
            return tensor;
        }

        /// <summary>Whether that user may have the tensor.</summary>
        public bool allow(string? user) => Label.Of(tensor).Allows(user);

        /// <summary>Gives the tensor tags, by which a grid finds it: <c>x.tag("#fun", "#mnist")</c>.</summary>
        /// <returns>The tensor itself.</returns>
        public Tensor tag(params string[] tags)
        {
            ArgumentNullException.ThrowIfNull(tags);
            if (tags.Any(string.IsNullOrWhiteSpace)) throw new ArgumentException("A tag is a word such as \"#fun\"; one of these is empty.", nameof(tags));
            Label.Of(tensor).Add(tags);
            return tensor;
        }

        /// <summary>Gives the tensor a description for the people who find it.</summary>
        /// <returns>The tensor itself.</returns>
        public Tensor describe(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            Label.Of(tensor).Description = description;
            return tensor;
        }
    }
}
