using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What comes of the draws of another distribution by a function that rises throughout.</summary>
    public class TransformedDistribution : distributions.Distribution
    {
        protected readonly distributions.Distribution base_distribution;
        private readonly Func<Tensor, Tensor> there, back, slope;

        /// <param name="slope">The logarithm of the function's slope, where it has the value that is given.</param>
        private protected TransformedDistribution(
            distributions.Distribution base_distribution, Generator? generator, Func<Tensor, Tensor> there, Func<Tensor, Tensor> back, Func<Tensor, Tensor> slope) : base(generator)
        {
            (this.base_distribution, this.there, this.back, this.slope) = (base_distribution, there, back, slope);
            batch_shape = base_distribution.batch_shape;
        }

        public override Tensor mean => throw new NotSupportedException($"The distribution {GetType().Name} has no mean here.");
        public override Tensor variance => throw new NotSupportedException($"The distribution {GetType().Name} has no variance here.");
        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() => there(base_distribution.rsample(sample_shape)));

        public override Tensor sample(params long[] sample_shape)
        {
            using var no = no_grad();
            return WrappedTensorDisposeScope(() => there(base_distribution.sample(sample_shape)));
        }

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => base_distribution.log_prob(back(value.Needed())) - slope(value));
        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => base_distribution.cdf(back(value.Needed())));
        public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => there(base_distribution.icdf(value.Needed())));

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null) => Expanded(batch_shape);

        private protected virtual distributions.Distribution Expanded(Size batch_shape) =>
            new TransformedDistribution(base_distribution.expand(batch_shape), generator, there, back, slope);

        protected override void Dispose(bool disposing)
        {
            if (disposing) base_distribution.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>What has a normal logarithm.</summary>
    public class LogNormal : TransformedDistribution
    {
        internal LogNormal(Tensor loc, Tensor scale, Generator? generator) : base(new Normal(loc, scale, generator), generator, x => x.exp(), x => x.log(), x => x.log())
        {
        }

        public Tensor loc => base_distribution.mean;
        public Tensor scale => base_distribution.stddev;
        public override Tensor mean => WrappedTensorDisposeScope(() => (loc + scale.square() / 2).exp());
        public override Tensor mode => WrappedTensorDisposeScope(() => (loc - scale.square()).exp());
        public override Tensor variance => WrappedTensorDisposeScope(() => (scale.square().exp() - 1) * (2 * loc + scale.square()).exp());
        public override Tensor entropy() => WrappedTensorDisposeScope(() => base_distribution.entropy() + loc);

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new LogNormal(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape), generator);
        }
    }

    /// <summary>The size of a normal number around zero.</summary>
    public class HalfNormal : TransformedDistribution
    {
        internal HalfNormal(Tensor scale, Generator? generator) : base(Around(scale, generator), generator, x => x.abs(), x => x, x => zeros_like(x))
        {
        }

        private static Normal Around(Tensor scale, Generator? generator)
        {
            using var zero = zeros_like(scale.Needed(nameof(scale)));
            return new Normal(zero, scale, generator);
        }

        public Tensor scale => base_distribution.stddev;
        public override Tensor mean => WrappedTensorDisposeScope(() => scale * Math.Sqrt(2 / Math.PI));
        public override Tensor mode => WrappedTensorDisposeScope(() => zeros_like(scale));
        public override Tensor variance => WrappedTensorDisposeScope(() => scale.square() * (1 - 2 / Math.PI));

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            (base_distribution.log_prob(value.Needed()) + Math.Log(2)).masked_fill(value.lt(0), double.NegativeInfinity));

        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => 2 * base_distribution.cdf(value) - 1);
        public override Tensor icdf(Tensor prob) => WrappedTensorDisposeScope(() => base_distribution.icdf((prob.Needed() + 1) / 2));
        public override Tensor entropy() => WrappedTensorDisposeScope(() => base_distribution.entropy() - Math.Log(2));

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new HalfNormal(scale.expand(batch_shape.Shape), generator);
        }
    }

    /// <summary>The largest of many: the distribution of extreme values.</summary>
    public class Gumbel : TransformedDistribution
    {
        private readonly Tensor loc, scale;

        internal Gumbel(Tensor loc, Tensor scale, Generator? generator) : this(Both(loc, scale), generator)
        {
        }

        private Gumbel((Tensor Loc, Tensor Scale) g, Generator? generator)
            : base(Chances(g.Loc, generator), generator, u => g.Loc - g.Scale * (-u.log()).log(), x => (-((g.Loc - x) / g.Scale).exp()).exp(), x => zeros_like(x))
        {
            (loc, scale) = (Keep(g.Loc), Keep(g.Scale));
            RequirePositive(scale, nameof(scale));
        }

        private static (Tensor, Tensor) Both(Tensor loc, Tensor scale)
        {
            var both = broadcast_tensors(loc.Needed(nameof(loc)), scale.Needed(nameof(scale)));
            return (both[0].DetachFromDisposeScope(), both[1].DetachFromDisposeScope());
        }

        private static Uniform Chances(Tensor like, Generator? generator)
        {
            using var scope = NewDisposeScope();
            return new Uniform(full_like(like, finfo(like.dtype).tiny), full_like(like, 1 - finfo(like.dtype).eps), generator);
        }

        public override Tensor mean => WrappedTensorDisposeScope(() => loc + scale * euler_constant);
        public override Tensor mode => loc.alias();
        public override Tensor stddev => scale * (Math.PI / Math.Sqrt(6));
        public override Tensor variance => WrappedTensorDisposeScope(() => stddev.square());

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var y = (loc - value.Needed()) / scale;
            return y - y.exp() - scale.log();
        });

        public override Tensor entropy() => WrappedTensorDisposeScope(() => scale.log() + (1 + euler_constant));

        // The API has no word for this one's own: the base's way works on what it was made with.
        private protected override distributions.Distribution Expanded(Size batch_shape)
        {
            using var scope = NewDisposeScope();
            return new Gumbel(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape), generator);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>What has a normal logarithm, with this mean and this standard deviation.</summary>
            public static LogNormal LogNormal(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);

            /// <summary>The size of a normal number around zero with this standard deviation.</summary>
            public static HalfNormal HalfNormal(Tensor scale, Generator? generator = null) => new(scale, generator);

            public static Gumbel Gumbel(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);
        }
    }
}
