using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Attention of a sequence to itself, then to a memory, and two linear layers, each with a way around it (Vaswani et al. 2017).</summary>
    public sealed class TransformerDecoderLayer : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>, nn.IModule<Tensor, Tensor, Tensor>
    {
        private readonly long d_model, nhead, dim_feedforward;
        private readonly double dropout;
        private readonly nn.Activations activation;
        private readonly MultiheadAttention self_attn, multihead_attn;
        private readonly Linear linear1, linear2;
        private readonly LayerNorm norm1, norm2, norm3;

        internal TransformerDecoderLayer(long d_model, long nhead, long dim_feedforward, double dropout, nn.Activations activation) : base(nameof(TransformerDecoderLayer))
        {
            (this.d_model, this.nhead, this.dim_feedforward, this.dropout, this.activation) = (d_model, nhead, dim_feedforward, dropout, activation);
            register_module(nameof(self_attn), self_attn = nn.MultiheadAttention(d_model, nhead, dropout));
            register_module(nameof(multihead_attn), multihead_attn = nn.MultiheadAttention(d_model, nhead, dropout));
            register_module(nameof(linear1), linear1 = nn.Linear(d_model, dim_feedforward));
            register_module(nameof(linear2), linear2 = nn.Linear(dim_feedforward, d_model));
            register_module(nameof(norm1), norm1 = nn.LayerNorm(d_model));
            register_module(nameof(norm2), norm2 = nn.LayerNorm(d_model));
            register_module(nameof(norm3), norm3 = nn.LayerNorm(d_model));
        }

        public Tensor call(Tensor tgt, Tensor memory) => base.call(tgt, memory, null, null, null, null);

        /// <param name="tgt">[length, batch, features]</param>
        /// <param name="memory">[length of the memory, batch, features]</param>
        /// <param name="tgt_mask">[length, length]: true where a place may not be looked at, or numbers to add; <paramref name="memory_mask"/> the same for the memory.</param>
        /// <param name="tgt_key_padding_mask">[batch, length]: true where there is only filling; <paramref name="memory_key_padding_mask"/> the same for the memory.</param>
        public new Tensor call(
            Tensor tgt, Tensor memory, Tensor? tgt_mask, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null) =>
            base.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);

        public override Tensor forward(Tensor tgt, Tensor memory, Tensor? tgt_mask, Tensor? memory_mask, Tensor? tgt_key_padding_mask, Tensor? memory_key_padding_mask)
        {
            using var scope = NewDisposeScope();
            var x = norm1.call(tgt + Drop(self_attn.call(tgt, tgt, tgt, tgt_key_padding_mask, false, tgt_mask).Item1));
            x = norm2.call(x + Drop(multihead_attn.call(x, memory, memory, memory_key_padding_mask, false, memory_mask).Item1));
            var inner = linear1.call(x);
            inner = Drop(activation == nn.Activations.GELU ? inner.gelu() : inner.relu());
            return norm3.call(x + Drop(linear2.call(inner))).MoveToOuterDisposeScope();
        }

        private Tensor Drop(Tensor x) => nn.functional.dropout(x, dropout, training);

        /// <summary>A layer of its own with the same numbers.</summary>
        internal TransformerDecoderLayer Copy() => Copies.Of(this, () => new TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout, activation));
    }

    /// <summary>Decoder layers one after the other; each begins as a copy of the one that is given.</summary>
    public sealed class TransformerDecoder : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>, nn.IModule<Tensor, Tensor, Tensor>
    {
        private readonly ModuleList<TransformerDecoderLayer> layers;
        private readonly LayerNorm? norm;

        internal TransformerDecoder(TransformerDecoderLayer decoder_layer, long num_layers, LayerNorm? norm = null) : base(nameof(TransformerDecoder))
        {
            ArgumentNullException.ThrowIfNull(decoder_layer);
            register_module(nameof(layers), layers = new(Copies.Several(num_layers, decoder_layer.Copy)));
            if (norm is not null) register_module(nameof(norm), this.norm = norm);
        }

        public Tensor call(Tensor tgt, Tensor memory) => base.call(tgt, memory, null, null, null, null);

        public new Tensor call(
            Tensor tgt, Tensor memory, Tensor? tgt_mask, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null) =>
            base.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);

        public override Tensor forward(
            Tensor tgt, Tensor memory, Tensor? tgt_mask, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null)
        {
            using var scope = NewDisposeScope();
            var x = tgt.Needed().alias();
            foreach (var layer in layers) x = layer.call(x, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
            return (norm?.call(x) ?? x).MoveToOuterDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static TransformerDecoderLayer TransformerDecoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1, Activations activation = Activations.ReLU) =>
                new(d_model, nhead, dim_feedforward, dropout, activation);

            public static TransformerDecoder TransformerDecoder(TransformerDecoderLayer decoder_layer, long num_layers) => new(decoder_layer, num_layers);
        }
    }
}
