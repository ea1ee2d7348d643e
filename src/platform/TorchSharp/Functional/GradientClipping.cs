using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients by one factor so that their common norm is at most max_norm; gives the norm that it was.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                var grads = tensors.Select(t => t.grad).OfType<Tensor>().ToArray();
                if (grads.Length == 0) return 0;
                var norms = double.IsPositiveInfinity(norm_type) ? grads.Select(g => g.abs().max()) : grads.Select(g => g.norm((float)norm_type));
                var all = stack(norms.ToArray());
                var total = (double.IsPositiveInfinity(norm_type) ? all.max() : all.norm((float)norm_type)).ToDouble();
                var factor = max_norm / (total + 1E-06);
                // As PyTorch: multiplied by 1 where nothing is to be clipped, and by nan where the norm is.
                foreach (var grad in grads) grad.mul_(factor > 1 ? 1 : factor);
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                foreach (var tensor in tensors) tensor.grad?.clamp_(-clip_value, clip_value);
            }

            /// <summary>All parameters, one after the other, as one vector; gradients flow back.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat(tensors.Select(t => t.view(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                ArgumentNullException.ThrowIfNull(vec);
                var list = tensors.ToList();
                var needed = list.Sum(t => t.numel());
                if (vec.ndim != 1 || vec.numel() != needed)
                    throw new ArgumentException($"The vector must have {needed} elements, as the parameters together, but has the shape [{string.Join(", ", vec.shape)}].", nameof(vec));
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                long start = 0;
                foreach (var tensor in list)
                {
                    tensor.copy_(vec.narrow(0, start, tensor.numel()).view_as(tensor));
                    start += tensor.numel();
                }
            }
        }
    }
}
