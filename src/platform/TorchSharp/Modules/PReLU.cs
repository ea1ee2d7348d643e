using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>ReLU with a slope below zero that is learned, one for all channels or one for each (He et al. 2015).</summary>
    public sealed class PReLU : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight = null!;

        internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
        {
            (this.num_parameters, this.init) = (num_parameters, init);
            weight = Initial.Parameter([num_parameters], device, dtype);
            Initial.Fill(weight, init);
        }

        public long num_parameters { get; }
        public double init { get; }

        public Parameter weight
        {
            get => _weight;
            set => SetComponent(nameof(weight), _weight = value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public override string GetName() => nameof(PReLU);

        public override Tensor forward(Tensor tensor) => nn.functional.prelu(tensor, weight);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static PReLU PReLU(long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) =>
                new(num_parameters, init, device, dtype);
        }
    }
}
