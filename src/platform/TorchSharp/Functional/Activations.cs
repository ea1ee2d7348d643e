using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.Needed().relu_() : x.Needed().relu();
            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.Needed().sigmoid_() : x.Needed().sigmoid();
            public static Tensor sigmoid(Tensor x) => x.Needed().sigmoid();
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.Needed().tanh_() : x.Needed().tanh();
            public static Tensor gelu(Tensor x, bool inplace) => inplace ? x.Needed().gelu_() : x.Needed().gelu();
            public static Tensor gelu(Tensor x) => x.Needed().gelu();
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.Needed().softmax(dim, dtype);
            public static Tensor log_softmax(Tensor x, long dim) => x.Needed().log_softmax(dim);

            public static Tensor logsigmoid(Tensor x) => Aten.log_sigmoid.Tensor(x);
            public static Tensor softmin(Tensor x, long dim) => x.Needed().neg().softmax(dim);
            public static Tensor softmax2d(Tensor x) => x.Needed().softmax(-3);

            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                ArgumentNullException.ThrowIfNull(x);
                using var scope = NewDisposeScope();
                var divisor = x.abs().add(1);
                return (inplace ? x.div_(divisor) : x.div(divisor)).MoveToOuterDisposeScope();
            }

            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                ArgumentNullException.ThrowIfNull(x);
                using var scope = NewDisposeScope();
                return (inplace ? x.sub_(x.tanh()) : x.Needed().sub(x.tanh())).MoveToOuterDisposeScope();
            }

            // The API has these under two names.
            public static Tensor Hardshrink(Tensor x, double lambda = 0.5) => hardshrink(x, lambda);
            public static Tensor Hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) => hardtanh(x, min_val, max_val, inplace);
            public static Tensor Mish(Tensor x) => mish(x);
            public static Tensor SiLU(Tensor x, bool inplace = false) => silu(x, inplace);
            public static Tensor Softshrink(Tensor x, double lambda = 0.5) => softshrink(x, lambda);
            public static Tensor Softsign(Tensor x) => softsign(x);
            public static Tensor Tanhshrink(Tensor x) => tanhshrink(x);
            public static Tensor Threshold(Tensor x, double threshold, double value, bool inplace = false) => functional.threshold(x, threshold, value, inplace);

            internal static Tensor rrelu(Tensor x, double lower, double upper, bool training, bool inplace) =>
                inplace ? Aten.rrelu_.Tensor(x, lower, upper, training) : Aten.rrelu.Tensor(x, lower, upper, training);

            /// <summary>Drops whole channels of sequences, with a batch (three dimensions) or without.</summary>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (input.Needed().ndim is not (2 or 3))
                    throw new ArgumentException($"dropout1d needs an input of 2 or 3 dimensions (channels and places, perhaps a batch), but got {input.ndim}.", nameof(input));
                return Channels(input, p, training, inplace, input.ndim == 2);
            }

            /// <summary>Drops whole channels of images. The first dimension is always the batch, also of an input of three, as in PyTorch 1.13.</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Channels(input, p, training, inplace, false);

            /// <summary>Drops whole channels of volumes, with a batch (five dimensions) or without.</summary>
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Channels(input, p, training, inplace, input.Needed().ndim != 5);

            // An input without a batch gets one for the call.
            private static Tensor Channels(Tensor input, double p, bool training, bool inplace, bool single)
            {
                ArgumentNullException.ThrowIfNull(input);
                Probability(p);
                if (!single) return inplace ? Aten.feature_dropout_.Tensor(input, p, training) : Aten.feature_dropout.Tensor(input, p, training);
                if (inplace)
                {
                    // In place also the shape, so that what libtorch refuses of a change in place is refused here.
                    using var batched = input.unsqueeze_(0);
                    try
                    {
                        Aten.feature_dropout_.Tensor(input, p, training).Dispose();
                    }
                    finally
                    {
                        input.squeeze_(0).Dispose();
                    }

                    return Aten.Same(input);
                }

                using var batch = input.unsqueeze(0);
                using var dropped = Aten.feature_dropout.Tensor(batch, p, training);
                return dropped.squeeze(0);
            }

            private static void Probability(double p)
            {
                if (p is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "The probability of dropping must be from 0 to 1.");
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                Probability(p);
                return inplace ? Aten.dropout_.Tensor(input, p, training) : Aten.dropout.Tensor(input, p, training);
            }
        }
    }
}
