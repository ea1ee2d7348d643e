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

        /// <summary>Sends a copy of the tensor, its gradient included, to a worker. The local tensor stays as it is.</summary>
        /// <param name="location">The worker that shall hold it.</param>
        /// <returns>The pointer, which owns the tensor at the worker.</returns>
        public PointerTensor send(BaseWorker location)
        {
            ArgumentNullException.ThrowIfNull(location);
            var copy = tensor.detach().clone().requires_grad_(tensor.requires_grad);
            using (var grad = tensor.is_leaf ? tensor.grad : null)
                if (grad is not null) copy.grad = grad.clone();
            var at = (ObjectDescriptor)location.recv_msg(new ObjectMessage(tensor.id, copy, Label.Carry(Label.Of(tensor), copy)))!;
            return new PointerTensor(WorkerRegistry.Me, location, at with { Shape = tensor.shape });
        }

        /// <summary>Gives the tensor tags, by which a grid finds it: <c>x.tag("#fun", "#mnist")</c>.</summary>
        /// <returns>The tensor itself.</returns>
        public Tensor tag(params string[] tags)
        {
            if (tags.Any(string.IsNullOrWhiteSpace)) throw new ArgumentException("A tag is a word such as \"#fun\"; one of these is empty.", nameof(tags));
            Label.Of(tensor).Add(tags);
            return tensor;
        }

        /// <summary>Gives the tensor a description for the people who find it.</summary>
        /// <returns>The tensor itself.</returns>
        public Tensor describe(string description)
        {
            Label.Of(tensor).Description = description;
            return tensor;
        }
    }
}
