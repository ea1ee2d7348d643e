using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Two exponential distributions back to back around <c>loc</c>.</summary>
    public class Laplace : distributions.Distribution
    {
        private readonly Tensor loc, scale;

        public Laplace(Tensor loc, Tensor scale, Generator? generator = null) : base(generator)
        {
            var all = KeepAll((loc, nameof(loc)), (scale, nameof(scale)));
            (this.loc, this.scale) = (all[0], all[1]);
            RequirePositive(this.scale, nameof(scale));
        }

        public override Tensor mean => loc.alias();
        public override Tensor mode => loc.alias();
        public override Tensor stddev => scale * Math.Sqrt(2);
        public override Tensor variance => WrappedTensorDisposeScope(() => 2 * scale.square());

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
        {
            var u = Chance(ExtendedShape(sample_shape), loc, finfo(loc.dtype).eps - 1);
            return loc - scale * u.sign() * (-u.abs()).log1p();
        });

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => -(2 * scale).log() - (value.Needed() - loc).abs() / scale);

        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var far = value.Needed() - loc;
            return 0.5 - 0.5 * far.sign() * (-far.abs() / scale).expm1();
        });

        public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var side = value.Needed() - 0.5;
            return loc - scale * side.sign() * (-2 * side.abs()).log1p();
        });

        public override Tensor entropy() => WrappedTensorDisposeScope(() => 1 + (2 * scale).log());

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Laplace(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape), generator);
        }
    }

    /// <summary>The distribution of a quotient of two normal numbers; it has no mean.</summary>
    public class Cauchy : distributions.Distribution
    {
        private readonly Tensor loc, scale;

        public Cauchy(Tensor loc, Tensor scale, Generator? generator = null) : base(generator)
        {
            var all = KeepAll((loc, nameof(loc)), (scale, nameof(scale)));
            (this.loc, this.scale) = (all[0], all[1]);
            RequirePositive(this.scale, nameof(scale));
        }

        public override Tensor mean => full(ExtendedShape(), double.NaN, loc.dtype, loc.device);
        public override Tensor mode => loc.alias();
        public override Tensor variance => full(ExtendedShape(), double.PositiveInfinity, loc.dtype, loc.device);

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            loc + empty(ExtendedShape(sample_shape), loc.dtype, loc.device).cauchy_(generator: generator) * scale);

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => -Math.Log(Math.PI) - scale.log() - (1 + ((value.Needed() - loc) / scale).square()).log());
        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => ((value.Needed() - loc) / scale).atan() / Math.PI + 0.5);
        public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => (Math.PI * (value.Needed() - 0.5)).tan() * scale + loc);
        public override Tensor entropy() => WrappedTensorDisposeScope(() => Math.Log(4 * Math.PI) + scale.log());

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Cauchy(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape), generator);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            public static Laplace Laplace(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);

            public static Laplace Laplace(float loc, float scale = 1, Generator? generator = null) => new(tensor(loc), tensor(scale), generator);

            public static Laplace Laplace(double loc, double scale = 1, Generator? generator = null) => new(tensor(loc), tensor(scale), generator);

            public static Cauchy Cauchy(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);
        }
    }
}
