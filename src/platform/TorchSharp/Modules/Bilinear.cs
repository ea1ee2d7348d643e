using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A linear layer of two inputs: each output is a form in both.</summary>
    public sealed class Bilinear : nn.Module<Tensor, Tensor, Tensor>
    {
        private Parameter _weight = null!;
        private Parameter? _bias;

        internal Bilinear(long in1_features, long in2_features, long out_features, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Bilinear))
        {
            if (in1_features < 1 || in2_features < 0 || out_features < 0)
                throw new ArgumentException($"A bilinear layer's sizes must not be negative, and the first above 0: {in1_features}, {in2_features}, {out_features}.");
            (this.in1_features, this.in2_features, this.out_features) = (in1_features, in2_features, out_features);
            var bound = 1 / Math.Sqrt(in1_features);
            weight = Initial.Parameter([out_features, in1_features, in2_features], device, dtype);
            nn.init.uniform_(weight, -bound, bound).Dispose();
            if (!hasBias) return;
            bias = Initial.Parameter([out_features], device, dtype);
            nn.init.uniform_(bias, -bound, bound).Dispose();
        }

        public long in1_features { get; set; }
        public long in2_features { get; set; }
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

        public override Tensor forward(Tensor input1, Tensor input2) => nn.functional.bilinear(input1, input2, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Bilinear Bilinear(
                long in1_features, long in2_features, long out_features, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in1_features, in2_features, out_features, hasBias, device, dtype);
        }
    }
}
