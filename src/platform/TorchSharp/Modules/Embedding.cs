using TorchSharp.Modules;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight = null!;
        private readonly long padding_idx;
        private readonly double? max_norm;
        private readonly double norm_type;
        private readonly bool scale_grad_by_freq, sparse;

        internal Embedding(
            Parameter weight, bool initialize, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse) : base(nameof(Embedding))
        {
            var rows = weight.size(0);
            if (padding_idx is { } p && (p >= rows || p < -rows))
                throw new ArgumentOutOfRangeException(nameof(padding_idx), p, $"The padding index must be one of the {rows} rows.");
            this.padding_idx = padding_idx is { } i ? (i < 0 ? i + rows : i) : -1;
            (this.max_norm, this.norm_type, this.scale_grad_by_freq, this.sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
            this.weight = weight;
            if (!initialize) return;
            nn.init.normal_(weight).Dispose();
            if (this.padding_idx < 0) return;
            using var mode = no_grad();
            using var row = weight[this.padding_idx];
            row.zero_().Dispose();
        }

        public Parameter weight
        {
            get => _weight;
            set => ConditionallyRegisterParameter(nameof(weight), _weight = value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public override Tensor forward(Tensor input)
        {
            if (max_norm is { } max)
            {
                using var mode = no_grad();
                using var dense = input.contiguous();
                Aten.embedding_renorm_.Void(weight, dense, max, norm_type);
            }

            return Aten.embedding.Tensor(weight, input, padding_idx, scale_grad_by_freq, sparse);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false,
                bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(Initial.Parameter([num_embeddings, embedding_dims], device, dtype), true, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);

            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false,
                bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(Initial.Copy(embeddings, freeze, device, dtype), false, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        }
    }
}
