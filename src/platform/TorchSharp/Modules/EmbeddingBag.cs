using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public enum EmbeddingBagMode
    {
        Sum = 0,
        Mean = 1,
        Max = 2,
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Sums, means or maxima over bags of embeddings.</summary>
    public sealed class EmbeddingBag : nn.Module<Tensor, Tensor?, Tensor?, Tensor>
    {
        private readonly double? max_norm;
        private readonly double norm_type;
        private readonly bool scale_grad_by_freq, sparse, include_last_offset;
        private readonly EmbeddingBagMode mode;
        private readonly long padding_index;
        private Parameter _weight = null!;

        internal EmbeddingBag(
            Parameter weight, bool initialize, double? max_norm, double norm_type, bool scale_grad_by_freq, EmbeddingBagMode mode, bool sparse,
            bool include_last_offset, long padding_index) : base(nameof(EmbeddingBag))
        {
            var rows = weight.size(0);
            if (padding_index >= rows || padding_index < -1)
                throw new ArgumentOutOfRangeException(nameof(padding_index), padding_index, $"The padding index must be one of the {rows} rows, or -1 for none.");
            (this.max_norm, this.norm_type, this.scale_grad_by_freq, this.mode) = (max_norm, norm_type, scale_grad_by_freq, mode);
            (this.sparse, this.include_last_offset, this.padding_index) = (sparse, include_last_offset, padding_index);
            this.weight = weight;
            if (!initialize) return;
            nn.init.normal_(weight).Dispose();
            if (padding_index < 0) return;
            using var none = no_grad();
            using var row = weight[padding_index];
            row.zero_().Dispose();
        }

        public Parameter weight
        {
            get => _weight;
            set => SetComponent(nameof(weight), _weight = value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public Tensor call(Tensor input) => base.call(input, null, null);
        public Tensor call(Tensor input, Tensor offsets) => base.call(input, offsets, null);
        public new Tensor call(Tensor input, Tensor? offsets, Tensor? perSampleWeights) => base.call(input, offsets, perSampleWeights);

        /// <summary>The rows of a matrix are bags; of a vector, <paramref name="offsets"/> says where each bag begins.</summary>
        public override Tensor forward(Tensor input, Tensor? offsets, Tensor? perSampleWeights)
        {
            if (input.Needed().ndim is not (1 or 2)) throw new ArgumentException($"Bags are a vector or a matrix of indices, but the input has {input.ndim} dimensions.", nameof(input));
            if (input.ndim == 2 && offsets is not null) throw new ArgumentException("A matrix has its bags in rows: it takes no offsets.", nameof(offsets));
            if (input.ndim == 1 && offsets is null) throw new ArgumentException("A vector of indices needs offsets: where each bag begins.", nameof(offsets));
            if (perSampleWeights is not null && !perSampleWeights.shape.AsSpan().SequenceEqual(input.shape))
                throw new ArgumentException($"There must be a weight for each index: the shape [{string.Join(", ", input.shape)}], not [{string.Join(", ", perSampleWeights.shape)}].", nameof(perSampleWeights));
            using var scope = NewDisposeScope();
            if (input.ndim == 2)
            {
                offsets = arange(0, input.numel(), input.size(1), input.dtype, input.device);
                input = input.reshape(-1);
                perSampleWeights = perSampleWeights?.reshape(-1);
            }

            if (max_norm is { } max)
            {
                using var none = no_grad();
                Aten.embedding_renorm_.Void(weight, input.contiguous(), max, norm_type);
            }

            return Aten.embedding_bag_padding_idx.TensorsN(
                4, weight, input, offsets, scale_grad_by_freq, (long)mode, sparse, perSampleWeights, include_last_offset, padding_index < 0 ? default(Argument) : padding_index)[0]!
                .MoveToOuterDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static EmbeddingBag EmbeddingBag(
                long num_embeddings, long embedding_dims, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false,
                EmbeddingBagMode mode = EmbeddingBagMode.Mean, bool sparse = false, bool include_last_offset = false, long padding_index = -1, Device? device = null,
                ScalarType? dtype = null) =>
                new(Initial.Parameter([num_embeddings, embedding_dims], device, dtype), true, max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index);

            public static EmbeddingBag EmbeddingBag_from_pretrained(
                Tensor embeddings, bool freeze = true, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false,
                EmbeddingBagMode mode = EmbeddingBagMode.Mean, bool sparse = false, bool include_last_offset = false, long padding_index = -1, Device? device = null,
                ScalarType? dtype = null) =>
                new(Initial.Copy(embeddings, freeze, device, dtype), false, max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index);
        }
    }
}
