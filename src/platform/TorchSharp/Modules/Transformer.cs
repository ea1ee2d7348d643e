using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Copies of layers, each with parameters of its own.</summary>
    internal static class Copies
    {
        /// <summary>A module like the one that is given, with the same numbers. The random numbers go on as if it had not been made.</summary>
        public static T Of<T>(T module, Func<T> make) where T : nn.Module
        {
            using var before = get_rng_state();
            var copy = make();
            set_rng_state(before);
            using (no_grad())
                foreach (var (mine, its) in module.parameters().Zip(copy.parameters()))
                    its.copy_(mine).Dispose();
            return copy;
        }

        public static T[] Several<T>(long count, Func<T> copy)
        {
            if (count < 0) throw new ArgumentException($"The number of layers must not be negative: {count}.", "num_layers");
            return Enumerable.Range(0, (int)count).Select(_ => copy()).ToArray();
        }
    }

    /// <summary>An encoder of one sequence and a decoder of another that looks at it (Vaswani et al. 2017). Sequences are [length, batch, features].</summary>
    public sealed class Transformer : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly TransformerEncoder encoder;
        private readonly TransformerDecoder decoder;
        private readonly long d_model;

        internal Transformer(
            long d_model, long nhead, long num_encoder_layers, long num_decoder_layers, long dim_feedforward, double dropout, nn.Activations activation) : base(nameof(Transformer))
        {
            this.d_model = d_model;
            using (var layer = new TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation))
                register_module(nameof(encoder), encoder = new(layer, num_encoder_layers, nn.LayerNorm(d_model)));
            using (var layer = new TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout, activation))
                register_module(nameof(decoder), decoder = new(layer, num_decoder_layers, nn.LayerNorm(d_model)));
            foreach (var parameter in parameters().Where(p => p.ndim > 1)) nn.init.xavier_uniform_(parameter).Dispose();
        }

        /// <param name="src_mask">[length, length] of the source: true where a place may not be looked at, or numbers to add; so the other masks.</param>
        /// <param name="src_key_padding_mask">[batch, length] of the source: true where there is only filling; so the other two.</param>
        public Tensor call(
            Tensor src, Tensor tgt, Tensor? src_mask, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? src_key_padding_mask = null, Tensor? tgt_key_padding_mask = null,
            Tensor? memory_key_padding_mask = null)
        {
            foreach (var (tensor, name) in new[] { (src, nameof(src)), (tgt, nameof(tgt)) })
                if (tensor.Needed(name).ndim != 3 || tensor.size(2) != d_model)
                    throw new ArgumentException($"{name} must be [length, batch, {d_model}], but is [{string.Join(", ", tensor.shape)}].", name);
            if (src.size(1) != tgt.size(1)) throw new ArgumentException($"src has {src.size(1)} sequences, but tgt {tgt.size(1)}.", nameof(tgt));
            using var scope = NewDisposeScope();
            var memory = encoder.call(src, src_mask, src_key_padding_mask);
            return decoder.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask).MoveToOuterDisposeScope();
        }

        public override Tensor forward(Tensor src, Tensor tgt) => call(src, tgt, null);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Transformer Transformer(
                long d_model = 512, long nhead = 8, long num_encoder_layers = 6, long num_decoder_layers = 6, long dim_feedforward = 2048, double dropout = 0.1,
                Activations activation = Activations.ReLU) =>
                new(d_model, nhead, num_encoder_layers, num_decoder_layers, dim_feedforward, dropout, activation);
        }
    }
}
