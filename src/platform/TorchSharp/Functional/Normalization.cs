using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Each channel of each sample to the mean 0 and the variance 1, by its own numbers or by the running ones.</summary>
            public static Tensor instance_norm(
                Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true,
                double momentum = 0.1, double eps = 1E-05)
            {
                var shape = input.Needed().shape;
                if (use_input_stats && shape.Length >= 2 && shape[2..].Aggregate(1L, (a, b) => a * b) == 1)
                    throw new ArgumentException($"Instance normalization needs more than one value per channel, but got [{string.Join(", ", shape)}].", nameof(input));
                return Aten.instance_norm.Tensor(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, false);
            }

            /// <summary>Normalization over neighbouring channels (Krizhevsky et al. 2012).</summary>
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1) =>
                LocalResponse.Normalize(input, size, alpha, beta, k);
        }
    }
}
