using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Attention with several heads (Vaswani et al. 2017), over sequences of the shape [length, batch, features].</summary>
    public sealed class MultiheadAttention : nn.Module<Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, Tuple<Tensor, Tensor?>>
    {
        private readonly long width, heads;
        private readonly double dropout;
        private readonly bool add_zero_attn;
        private readonly Parameter[] projections;
        private readonly Parameter? in_proj_bias, bias_k, bias_v;
        private readonly Linear out_proj;

        internal MultiheadAttention(
            long embedded_dim, long num_heads, double dropout, bool bias, bool add_bias_kv, bool add_zero_attn, long? kdim, long? vdim) : base(nameof(MultiheadAttention))
        {
            if (num_heads < 1 || embedded_dim % num_heads != 0)
                throw new ArgumentException($"The number of features ({embedded_dim}) must be divisible by the number of heads ({num_heads}).", nameof(num_heads));
            if (dropout is not (>= 0 and <= 1)) throw new ArgumentException("The probability of dropping must be from 0 to 1.", nameof(dropout));
            (width, heads, this.dropout, this.add_zero_attn) = (embedded_dim, num_heads, dropout, add_zero_attn);
            var same = (kdim ?? width) == width && (vdim ?? width) == width;
            projections = same ? [Own("in_proj_weight", 3 * width, width)]
                : [Own("q_proj_weight", width, width), Own("k_proj_weight", width, kdim ?? width), Own("v_proj_weight", width, vdim ?? width)];
            if (bias) in_proj_bias = Own("in_proj_bias", 3 * width);
            out_proj = nn.Linear(width, width, bias);
            register_module("out_proj", out_proj);
            if (add_bias_kv) (bias_k, bias_v) = (Own("bias_k", 1, 1, width), Own("bias_v", 1, 1, width));

            foreach (var projection in projections) nn.init.xavier_uniform_(projection).Dispose();
            Initial.Fill(in_proj_bias, 0);
            Initial.Fill(out_proj.bias, 0);
            if (bias_k is not null) nn.init.xavier_normal_(bias_k).Dispose();
            if (bias_v is not null) nn.init.xavier_normal_(bias_v).Dispose();
        }

        private Parameter Own(string name, params long[] shape)
        {
            var parameter = Initial.Parameter(shape, null, null);
            register_parameter(name, parameter);
            return parameter;
        }

        /// <param name="key_padding_mask">[batch, length of the keys]: true where a key is only filling, or numbers to add.</param>
        /// <param name="attn_mask">[queries, keys], or that for each batch and head: true where a query may not look, or numbers to add.</param>
        public new Tuple<Tensor, Tensor?> call(
            Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true, Tensor? attn_mask = null) =>
            base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

        /// <summary>The result, and the weights averaged over the heads where they are wanted.</summary>
        public override Tuple<Tensor, Tensor?> forward(
            Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask)
        {
            foreach (var (tensor, name) in new[] { (query, nameof(query)), (key, nameof(key)), (value, nameof(value)) })
                if (tensor.Needed(name).ndim != 3) throw new ArgumentException($"The {name} must be [length, batch, features], but has {tensor.ndim} dimensions.", name);
            using var scope = NewDisposeScope();
            long length = query.size(0), batch = query.size(1), part = width / heads;
            var q = Project(query, 0);
            var k = Project(key, 1);
            var v = Project(value, 2);
            long added = 0;
            if (bias_k is not null)
            {
                k = cat([k, bias_k.expand(1, batch, width)], 0);
                v = cat([v, bias_v!.expand(1, batch, width)], 0);
                added++;
            }

            (q, k, v) = (Split(q), Split(k), Split(v));
            if (add_zero_attn)
            {
                k = cat([k, zeros([batch * heads, 1, part], k.dtype, k.device)], 1);
                v = cat([v, zeros([batch * heads, 1, part], v.dtype, v.device)], 1);
                added++;
            }

            var keys = k.size(1);
            var weights = bmm(q / Math.Sqrt(part), k.transpose(1, 2)).view(batch, heads, length, keys);
            if (attn_mask is not null) weights = weights + Wider(Numbers(attn_mask, weights.dtype), added).view(attn_mask.ndim == 3 ? [batch, heads, length, keys] : [1, 1, length, keys]);
            if (key_padding_mask is not null) weights = weights + Wider(Numbers(key_padding_mask, weights.dtype), added).view(batch, 1, 1, keys);
            weights = weights.softmax(-1);
            weights = nn.functional.dropout(weights, dropout, training);
            var seen = bmm(weights.view(batch * heads, length, keys), v).transpose(0, 1).reshape(length, batch, width);
            var result = out_proj.call(seen).MoveToOuterDisposeScope();
            return new(result, need_weights ? weights.mean([1L]).MoveToOuterDisposeScope() : null);
        }

        private Tensor Project(Tensor input, int which)
        {
            var weight = projections.Length == 3 ? projections[which] : projections[0].narrow(0, which * width, width);
            return nn.functional.linear(input, weight, in_proj_bias?.narrow(0, which * width, width));
        }

        private Tensor Split(Tensor x) => x.contiguous().view(x.size(0), x.size(1) * heads, width / heads).transpose(0, 1);

        // A mask of truth values hides where it is true.
        private static Tensor Numbers(Tensor mask, ScalarType type) =>
            mask.dtype == ScalarType.Bool ? zeros_like(mask, type).masked_fill_(mask, double.NegativeInfinity) : mask;

        // Keys that were added are seen by all.
        private static Tensor Wider(Tensor mask, long added) => added == 0 ? mask : nn.functional.pad(mask, [0, added]);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MultiheadAttention MultiheadAttention(
                long embedded_dim, long num_heads, double dropout = 0, bool bias = true, bool add_bias_kv = false, bool add_zero_attn = false, long? kdim = null,
                long? vdim = null) =>
                new(embedded_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim);
        }
    }
}
