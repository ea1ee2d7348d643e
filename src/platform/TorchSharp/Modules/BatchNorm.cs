using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public abstract class NormBase : nn.Module<Tensor, Tensor>
    {
        private Parameter? _weight, _bias;
        private Tensor? _running_mean, _running_var, _num_batches_tracked;

        public NormBase(
            long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name) : base(name)
        {
            (this.num_features, this.eps, this.momentum, this.affine, this.track_running_stats) = (num_features, eps, momentum, affine, track_running_stats);
            if (affine)
            {
                weight = Initial.Parameter([num_features], device, dtype);
                bias = Initial.Parameter([num_features], device, dtype);
                reset_parameters();
            }

            if (!track_running_stats) return;
            running_mean = Initial.Buffer(zeros([num_features], dtype, device));
            running_var = Initial.Buffer(ones([num_features], dtype, device));
            num_batches_tracked = Initial.Buffer(zeros(Array.Empty<long>(), ScalarType.Int64, device));
        }

        public long num_features { get; }
        public double eps { get; set; }
        public double? momentum { get; set; }
        public bool affine { get; }
        public bool track_running_stats { get; }

        public Parameter weight
        {
            get => _weight!;
            set => ConditionallyRegisterParameter(nameof(weight), _weight = value);
        }

        public Parameter? bias
        {
            get => _bias;
            set => ConditionallyRegisterParameter(nameof(bias), _bias = value);
        }

        public Tensor? running_mean
        {
            get => _running_mean;
            set => ConditionallyRegisterBuffer(nameof(running_mean), _running_mean = value);
        }

        public Tensor? running_var
        {
            get => _running_var;
            set => ConditionallyRegisterBuffer(nameof(running_var), _running_var = value);
        }

        public Tensor? num_batches_tracked
        {
            get => _num_batches_tracked;
            set => ConditionallyRegisterBuffer(nameof(num_batches_tracked), _num_batches_tracked = value);
        }

        protected abstract void ValidateInputDimensions(Tensor input);

        public void reset_parameters()
        {
            Initial.Fill(_weight, 1);
            Initial.Fill(_bias, 0);
        }

        public void reset_running_stats()
        {
            running_mean?.zero_().Dispose();
            running_var?.fill_(1).Dispose();
            num_batches_tracked?.zero_().Dispose();
        }

        // As the base does; the API says them again here.
        protected override void Dispose(bool disposing) => base.Dispose(disposing);
        protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => base._to(device, dtype, non_blocking);
        protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => base._to(deviceType, deviceIndex, non_blocking);
        protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => base._to(dtype, non_blocking);
    }

    public abstract class BatchNorm : NormBase
    {
        public BatchNorm(
            long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input);
            var average = momentum ?? 0;
            if (training && num_batches_tracked is not null)
            {
                num_batches_tracked.add_(1).Dispose();
                if (momentum is null) average = 1.0 / num_batches_tracked.item<long>();
            }

            var of_the_batch = training || (running_mean is null && running_var is null);
            return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, of_the_batch, average, eps);
        }

        private protected void Require(Tensor input, string what, params long[] dimensions)
        {
            if (!dimensions.Contains(input.ndim))
                throw new ArgumentException($"{GetName()} needs {what} input, but got {input.ndim} dimensions: [{string.Join(", ", input.shape)}].", nameof(input));
        }
    }

    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => Require(input, "2- or 3-dimensional", 2, 3);
    }

    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => Require(input, "4-dimensional", 4);
    }

    public sealed class BatchNorm3d : BatchNorm
    {
        internal BatchNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm3d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => Require(input, "5-dimensional", 5);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm3d BatchNorm3d(
                long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
