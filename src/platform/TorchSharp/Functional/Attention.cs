namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The values, weighed by how well their keys fit the queries (Vaswani et al. 2017): softmax(query key^T / sqrt(features) + mask) value.</summary>
            /// <param name="query">[..., queries, features]</param>
            /// <param name="key">[..., keys, features]</param>
            /// <param name="value">[..., keys, features of the result]</param>
            /// <param name="attn_mask">[..., queries, keys]: true where a query may look, or numbers to add.</param>
            /// <param name="p">The probability with which a weight is dropped.</param>
            /// <param name="is_casual">Whether a query sees no key that comes after it; then there is no other mask.</param>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                foreach (var (tensor, name) in new[] { (query, nameof(query)), (key, nameof(key)), (value, nameof(value)) })
                    if (tensor.Needed(name).ndim < 2) throw new ArgumentException($"The {name} must have at least 2 dimensions (places and features), but has {tensor.ndim}.", name);
                if (is_casual && attn_mask is not null) throw new ArgumentException("With is_casual there is a mask already.", nameof(attn_mask));
                using var scope = NewDisposeScope();
                if (is_casual) attn_mask = ones([query.shape[^2], key.shape[^2]], ScalarType.Bool, query.device).tril();
                var scores = query.matmul(key.transpose(-2, -1)).div(Math.Sqrt(query.shape[^1]));
                if (attn_mask is not null)
                    scores = attn_mask.dtype == ScalarType.Bool ? scores.masked_fill(attn_mask.logical_not(), double.NegativeInfinity) : scores.add(attn_mask);
                return dropout(scores.softmax(-1), p).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
