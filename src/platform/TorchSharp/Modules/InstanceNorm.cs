using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalizes each channel of each sample by itself (Ulyanov et al. 2016).</summary>
    public abstract class InstanceNorm : NormBase
    {
        public InstanceNorm(
            long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        /// <summary>How many dimensions an input without a batch has.</summary>
        protected abstract long GetNumberOfBatchDimensions();

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input.Needed());
            if (input.ndim != GetNumberOfBatchDimensions()) return Normalize(input);
            using var batch = input.unsqueeze(0);
            using var result = Normalize(batch);
            return result.squeeze(0);
        }

        private Tensor Normalize(Tensor input)
        {
            var own = training || running_mean is null;
            if (own && input.shape.Skip(2).Aggregate(1L, (a, b) => a * b) == 1)
                throw new ArgumentException($"{GetName()} needs more than one value per channel, but got [{string.Join(", ", input.shape)}].", nameof(input));
            return Aten.instance_norm.Tensor(input, weight, bias, running_mean, running_var, own, momentum ?? 0, eps, false);
        }

        private protected void Require(Tensor input, params long[] dimensions)
        {
            if (!dimensions.Contains(input.Needed().ndim))
                throw new ArgumentException($"{GetName()} needs {dimensions[0]}- or {dimensions[1]}-dimensional input, but got {input.ndim} dimensions: [{string.Join(", ", input.shape)}].", nameof(input));
        }
    }

    public sealed class InstanceNorm1d : InstanceNorm
    {
        internal InstanceNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d))
        {
        }

        protected override long GetNumberOfBatchDimensions() => 2;
        protected override void ValidateInputDimensions(Tensor input) => Require(input, 2, 3);
    }

    public sealed class InstanceNorm2d : InstanceNorm
    {
        internal InstanceNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d))
        {
        }

        protected override long GetNumberOfBatchDimensions() => 3;
        protected override void ValidateInputDimensions(Tensor input) => Require(input, 3, 4);
    }

    public sealed class InstanceNorm3d : InstanceNorm
    {
        internal InstanceNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm3d))
        {
        }

        protected override long GetNumberOfBatchDimensions() => 4;
        protected override void ValidateInputDimensions(Tensor input) => Require(input, 4, 5);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static InstanceNorm1d InstanceNorm1d(
                long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static InstanceNorm3d InstanceNorm3d(
                long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
