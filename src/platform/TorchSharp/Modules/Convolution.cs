using TorchSharp.Modules;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp
{
    public enum Padding
    {
        Valid = 0,
        Same = 1,
    }

    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }
}

namespace TorchSharp.Modules
{
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        protected Parameter _weight;
        protected Parameter? _bias;
        protected long input_channels;

        /// <summary>How much is added before and after each place, the last place first: as <c>pad</c> wants it.</summary>
        protected long[] _reversed_padding_repeated_twice = [];

        protected Convolution(
            string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
            bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null) : base(name)
        {
            if (groups < 1) throw new ArgumentException($"The number of groups must be at least 1, not {groups}.", nameof(groups));
            if (in_channels % groups != 0) throw new ArgumentException($"in_channels ({in_channels}) must be divisible by groups ({groups}).", nameof(in_channels));
            if (out_channels % groups != 0) throw new ArgumentException($"out_channels ({out_channels}) must be divisible by groups ({groups}).", nameof(out_channels));
            if (padding_type == Padding.Same && stride.Any(s => s != 1)) throw new ArgumentException("Padding.Same needs a stride of 1.", nameof(stride));
            (this.in_channels, this.out_channels, this.groups, this.padding_mode) = (in_channels, out_channels, groups, padding_mode);
            (this.kernel_size, this.stride, this.dilation) = (kernel_size, stride, dilation);
            if (padding_type is { } type) SetPadding(type);
            else SetPadding(padding ?? throw new ArgumentException("A convolution needs a padding, or a type of it.", nameof(padding)));

            this.transposed = transposed;
            this.output_padding = output_padding;
            input_channels = in_channels;
            _weight = Initial.Parameter(
                [transposed ? in_channels : out_channels, (transposed ? out_channels : in_channels) / groups, .. kernel_size], device, dtype);
            Initial.Uniform(_weight, FanIn);
            SetComponent(nameof(weight), _weight);
            if (!bias) return;
            _bias = Initial.Parameter([out_channels], device, dtype);
            Initial.Uniform(_bias, FanIn);
            SetComponent(nameof(bias), _bias);
        }

        public long in_channels { get; }
        public long out_channels { get; }
        public long[] kernel_size { get; set; }
        public long[] stride { get; set; }
        public long[]? padding { get; private set; }
        public Padding? padding_type { get; private set; }
        public PaddingModes padding_mode { get; set; }
        public long[] dilation { get; set; }
        public long[] output_padding { get; set; }
        public long groups { get; set; }
        public bool transposed { get; }

        // As PyTorch counts it: what the weight's second size says, also where the convolution is transposed.
        private long FanIn => (transposed ? out_channels : in_channels) / groups * kernel_size.Aggregate(1L, (a, b) => a * b);

        public Parameter weight
        {
            get => _weight;
            set => SetComponent(nameof(weight), _weight = value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public Parameter? bias
        {
            get => _bias;
            set => SetComponent(nameof(bias), _bias = value);
        }

        public void SetPadding(long[] padding)
        {
            this.padding = padding;
            padding_type = null;
            _reversed_padding_repeated_twice = padding.Reverse().SelectMany(p => new[] { p, p }).ToArray();
        }

        public void SetPadding(Padding padding)
        {
            padding_type = padding;
            this.padding = null;
            _reversed_padding_repeated_twice = kernel_size.Zip(dilation, (k, d) => padding == Padding.Same ? d * (k - 1) : 0).Reverse()
                .SelectMany(total => new[] { total / 2, total - total / 2 }).ToArray();
        }

        public void reset_parameters()
        {
            Initial.Uniform(_weight, FanIn);
            if (_bias is not null) Initial.Uniform(_bias, FanIn);
        }

        // As the base does; the API says them again here.
        protected override void Dispose(bool disposing) => base.Dispose(disposing);
        protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => base._to(device, dtype, non_blocking);
        protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => base._to(deviceType, deviceIndex, non_blocking);
        protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => base._to(dtype, non_blocking);

        /// <summary>Whether the input, with a batch or without, has so many places (1 for a sequence, 2 for an image) and the convolution's channels.</summary>
        protected bool ValidateShape(Tensor input, long dimensions)
        {
            var shape = input.Needed().shape;
            return (shape.Length == dimensions + 2 && shape[1] == input_channels) || (shape.Length == dimensions + 1 && shape[0] == input_channels);
        }

        /// <summary>The input with an edge of other than zeros, or the input itself; and the zeros that the operator is to add.</summary>
        private protected (Tensor Input, Argument Padding) Edge(Tensor input)
        {
            if (padding_mode is PaddingModes.Zeros or PaddingModes.Constant)
                return (input, padding_type is { } type ? type.ToString().ToLowerInvariant() : padding);
            return (nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode), 0);
        }
    }

    public sealed class Conv1d : Convolution
    {
        internal Conv1d(
            long in_channels, long out_channels, long kernel_size, long stride, long? padding, Padding? padding_type, long dilation, PaddingModes padding_mode,
            long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(Conv1d), in_channels, out_channels, [kernel_size], [stride], padding is { } p ? [p] : null, padding_type, [dilation], false, [0], groups, bias, padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            var (edged, padding) = Edge(input);
            return padding.Kind == ValueKind.Text
                ? Aten.conv1d_padding.Tensor(edged, weight, bias, stride, padding, dilation, groups)
                : Aten.conv1d.Tensor(edged, weight, bias, stride, padding, dilation, groups);
        }
    }

    public sealed class Conv2d : Convolution
    {
        internal Conv2d(
            long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long)? padding, Padding? padding_type, (long, long) dilation,
            PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), in_channels, out_channels, Pair.List(kernel_size), Pair.List(stride), padding is { } p ? Pair.List(p) : null, padding_type,
                Pair.List(dilation), false, [0, 0], groups, bias, padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            var (edged, padding) = Edge(input);
            return padding.Kind == ValueKind.Text
                ? Aten.conv2d_padding.Tensor(edged, weight, bias, stride, padding, dilation, groups)
                : Aten.conv2d.Tensor(edged, weight, bias, stride, padding, dilation, groups);
        }
    }

    internal static class Pair
    {
        public static long[] List((long, long) pair) => [pair.Item1, pair.Item2];
        public static long[]? List((long, long)? pair) => pair is { } p ? [p.Item1, p.Item2] : null;
        public static long[]? List(long? both) => both is { } b ? [b, b] : null;
        public static long[] List((long, long, long) three) => [three.Item1, three.Item2, three.Item3];
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, null, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, null, padding, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null, (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), null, dilation ?? (1, 1), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), null, padding, (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), null, padding, dilation ?? (1, 1), padding_mode, groups, bias, device, dtype);
        }
    }
}
