using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                public abstract class Dataset<T> : IDisposable
                {
                    public abstract long Count { get; }

                    public abstract T GetTensor(long index);

                    public void Dispose()
                    {
                        Dispose(true);
                        GC.SuppressFinalize(this);
                    }

                    protected virtual void Dispose(bool disposing)
                    {
                    }
                }

                public abstract class Dataset : Dataset<Dictionary<string, Tensor>>
                {
                }

                public abstract class IterableDataset : Dataset<IList<Tensor>>
                {
                }

                public static TensorDataset TensorDataset(params Tensor[] tensors) => new(tensors);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    using static torch;

    /// <summary>Rows of several tensors that lie beside each other. It does not own them.</summary>
    public class TensorDataset : utils.data.IterableDataset
    {
        private readonly Tensor[] tensors;

        internal TensorDataset(Tensor[] tensors)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            foreach (var tensor in tensors) tensor.Needed();
            if (tensors.Length == 0 || tensors.Any(t => t.ndim == 0 || t.size(0) != tensors[0].size(0)))
            {
                throw new ArgumentException("A TensorDataset needs tensors with the same number of rows, but got the shapes "
                    + string.Join(", ", tensors.Select(t => $"[{string.Join(", ", t.shape)}]")) + ".", nameof(tensors));
            }

            this.tensors = Array.ConvertAll(tensors, t => t.alias().DetachFromDisposeScope());
        }

        public override long Count => tensors[0].size(0);

        public IList<Tensor> this[long index] => GetTensor(index);

        public override IList<Tensor> GetTensor(long index)
        {
            if (index < 0 || index >= Count) throw new ArgumentOutOfRangeException(nameof(index), index, $"The data set has {Count} rows.");
            return Array.ConvertAll(tensors, t => t[index]);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) foreach (var tensor in tensors) tensor.Dispose();
        }
    }
}
