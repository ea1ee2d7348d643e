using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Attention of a sequence to itself and two linear layers, each with a way around it (Vaswani et al. 2017).</summary>
    public sealed class TransformerEncoderLayer : nn.Module<Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor, Tensor>
    {
        private readonly long d_model, nhead, dim_feedforward;
        private readonly double dropout;
        private readonly nn.Activations activation;
        private readonly MultiheadAttention self_attn;
        private readonly Linear linear1, linear2;
        private readonly LayerNorm norm1, norm2;

        internal TransformerEncoderLayer(long d_model, long nhead, long dim_feedforward, double dropout, nn.Activations activation) : base(nameof(TransformerEncoderLayer))
        {
            (this.d_model, this.nhead, this.dim_feedforward, this.dropout, this.activation) = (d_model, nhead, dim_feedforward, dropout, activation);
            register_module(nameof(self_attn), self_attn = nn.MultiheadAttention(d_model, nhead, dropout));
            register_module(nameof(linear1), linear1 = nn.Linear(d_model, dim_feedforward));
            register_module(nameof(linear2), linear2 = nn.Linear(dim_feedforward, d_model));
            register_module(nameof(norm1), norm1 = nn.LayerNorm(d_model));
            register_module(nameof(norm2), norm2 = nn.LayerNorm(d_model));
        }

        /// <param name="src_mask">[length, length]: true where a place may not be looked at, or numbers to add.</param>
        public Tensor call(Tensor src, Tensor src_mask) => Run(src, src_mask, null);

        /// <param name="src_key_padding_mask">[batch, length]: true where there is only filling.</param>
        public Tensor call(Tensor src, Tensor src_mask, Tensor src_key_padding_mask) => Run(src, src_mask, src_key_padding_mask);

        public override Tensor forward(Tensor src) => Run(src, null, null);

        internal Tensor Run(Tensor src, Tensor? mask, Tensor? padding)
        {
            using var scope = NewDisposeScope();
            var seen = Drop(self_attn.call(src, src, src, padding, false, mask).Item1);
            var x = norm1.call(src + seen);
            var inner = linear1.call(x);
            inner = Drop(activation == nn.Activations.GELU ? inner.gelu() : inner.relu());
            return norm2.call(x + Drop(linear2.call(inner))).MoveToOuterDisposeScope();
        }

        private Tensor Drop(Tensor x) => nn.functional.dropout(x, dropout, training);

        /// <summary>A layer of its own with the same numbers.</summary>
        internal TransformerEncoderLayer Copy() => Copies.Of(this, () => new TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation));
    }

    /// <summary>Encoder layers one after the other; each begins as a copy of the one that is given.</summary>
    public sealed class TransformerEncoder : nn.Module<Tensor, Tensor?, Tensor?, Tensor>, nn.IModule<Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor>
    {
        private readonly ModuleList<TransformerEncoderLayer> layers;
        private readonly LayerNorm? norm;

        internal TransformerEncoder(TransformerEncoderLayer encoder_layer, long num_layers, LayerNorm? norm = null) : base(nameof(TransformerEncoder))
        {
            ArgumentNullException.ThrowIfNull(encoder_layer);
            register_module(nameof(layers), layers = new(Copies.Several(num_layers, encoder_layer.Copy)));
            if (norm is not null) register_module(nameof(norm), this.norm = norm);
        }

        public Tensor call(Tensor src) => base.call(src, null, null);
        public Tensor call(Tensor src, Tensor src_mask) => base.call(src, src_mask, null);

        public override Tensor forward(Tensor src, Tensor? src_mask, Tensor? src_key_padding_mask)
        {
            using var scope = NewDisposeScope();
            var x = src.Needed().alias();
            foreach (var layer in layers) x = layer.Run(x, src_mask, src_key_padding_mask);
            return (norm?.call(x) ?? x).MoveToOuterDisposeScope();
        }

        public enum Activations
        {
            ReLU = 0,
            GELU = 1,
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public enum Activations
            {
                ReLU = 0,
                GELU = 1,
            }

            public static TransformerEncoderLayer TransformerEncoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1, Activations activation = Activations.ReLU) =>
                new(d_model, nhead, dim_feedforward, dropout, activation);

            public static TransformerEncoder TransformerEncoder(TransformerEncoderLayer encoder_layer, long num_layers) => new(encoder_layer, num_layers);
        }
    }
}
