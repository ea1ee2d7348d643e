using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight;
        private Parameter? _bias;

        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            ArgumentNullException.ThrowIfNull(weight);
            _weight = weight;
            _bias = bias;
            out_features = weight.size(0);
            in_features = weight.size(1);
            SetComponent(nameof(weight), weight);
            SetComponent(nameof(bias), bias);
        }

        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            if (inputSize < 0 || outputSize < 0) throw new ArgumentException($"A linear layer's sizes must not be negative: {inputSize}, {outputSize}.");
            in_features = inputSize;
            out_features = outputSize;
            _weight = Initial.Parameter([outputSize, inputSize], device, dtype);
            Initial.Uniform(_weight, inputSize);
            SetComponent(nameof(weight), _weight);
            if (!hasBias) return;
            _bias = Initial.Parameter([outputSize], device, dtype);
            Initial.Uniform(_bias, inputSize);
            SetComponent(nameof(bias), _bias);
        }

        public long in_features { get; set; }
        public long out_features { get; set; }

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

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight, _bias);

        // As the base does; the API says them again here.
        protected override void Dispose(bool disposing) => base.Dispose(disposing);
        protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => base._to(device, dtype, non_blocking);
        protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => base._to(deviceType, deviceIndex, non_blocking);
        protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => base._to(dtype, non_blocking);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}
