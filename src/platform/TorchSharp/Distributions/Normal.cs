using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The normal distribution with the mean <c>loc</c> and the standard deviation <c>scale</c>.</summary>
    public class Normal : distributions.Distribution
    {
        private readonly Tensor loc, scale;

        public Normal(Tensor loc, Tensor scale, Generator? generator = null) : base(generator)
        {
            var all = KeepAll((loc, nameof(loc)), (scale, nameof(scale)));
            (this.loc, this.scale) = (all[0], all[1]);
            RequirePositive(this.scale, nameof(scale));
        }

        public override Tensor mean => loc.alias();
        public override Tensor mode => loc.alias();
        public override Tensor stddev => scale.alias();
        public override Tensor variance => scale.square();

        public override Tensor sample(params long[] sample_shape)
        {
            using var no = no_grad();
            var shape = ExtendedShape(sample_shape);
            return WrappedTensorDisposeScope(() => normal(loc.expand(shape), scale.expand(shape), generator));
        }

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
        {
            var chance = Zeros(ExtendedShape(sample_shape), loc);
            return loc + normal(chance, ones_like(chance), generator) * scale;
        });

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            -(value.Needed() - loc).square() / (2 * scale.square()) - scale.log() - Math.Log(Math.Sqrt(2 * Math.PI)));

        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => (1 + ((value.Needed() - loc) * scale.reciprocal() / Math.Sqrt(2)).erf()) * 0.5);
        public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => loc + scale * (value.Needed() * 2 - 1).erfinv() * Math.Sqrt(2));
        public override Tensor entropy() => WrappedTensorDisposeScope(() => scale.log() + (0.5 + 0.5 * Math.Log(2 * Math.PI)));

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Normal(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape), generator);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <param name="loc">The mean.</param>
            /// <param name="scale">The standard deviation.</param>
            public static Normal Normal(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);

            public static Normal Normal(float loc, float scale = 1, Generator? generator = null) => new(tensor(loc), tensor(scale), generator);

            public static Normal Normal(double loc, double scale = 1, Generator? generator = null) => new(tensor(loc), tensor(scale), generator);
        }
    }
}
