using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Shares that add up to one, along the last dimension.</summary>
    public class Dirichlet : distributions.Distribution
    {
        private readonly Tensor concentration;

        public Dirichlet(Tensor concentration, Generator? generator = null) : base(generator)
        {
            if (concentration.Needed(nameof(concentration)).ndim < 1) throw new ArgumentException("There must be at least one dimension: that of the shares.", nameof(concentration));
            RequirePositive(concentration, nameof(concentration));
            this.concentration = Keep(concentration);
            _init(concentration.shape[..^1], concentration.shape[^1..]);
        }

        private Tensor Total => concentration.sum(-1, keepdim: true);

        public override Tensor mean => WrappedTensorDisposeScope(() => concentration / Total);
        public override Tensor variance => WrappedTensorDisposeScope(() => concentration * (Total - concentration) / (Total.square() * (Total + 1)));

        /// <summary>Where no concentration is above one, the share with the largest is all.</summary>
        public override Tensor mode => WrappedTensorDisposeScope(() =>
        {
            var above = (concentration - 1).clamp(min: 0);
            var corner = nn.functional.one_hot(concentration.argmax(-1), concentration.shape[^1]).to_type(concentration.dtype);
            return where(concentration.lt(1).all(-1, keepdim: true), corner, above / above.sum(-1, keepdim: true));
        });

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
        {
            var parts = Aten._standard_gamma.Tensor(concentration.expand(ExtendedShape(sample_shape)), generator).clamp_min(finfo(concentration.dtype).tiny);
            return parts / parts.sum(-1, keepdim: true);
        });

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            (concentration - 1).xlogy(value.Needed()).sum(-1) + concentration.sum(-1).lgamma() - concentration.lgamma().sum(-1));

        public override Tensor entropy() => WrappedTensorDisposeScope(() =>
        {
            var total = concentration.sum(-1);
            return concentration.lgamma().sum(-1) - total.lgamma() - (concentration.shape[^1] - total) * total.digamma() - ((concentration - 1) * concentration.digamma()).sum(-1);
        });

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Dirichlet(concentration.expand([.. batch_shape.Shape, .. event_shape.Shape]), generator);
        }
    }

    /// <summary>A share between zero and one.</summary>
    public class Beta : distributions.Distribution
    {
        protected readonly Dirichlet dirichlet;
        private readonly Tensor concentration1, concentration0;

        public Beta(Tensor concentration1, Tensor concentration0, Generator? generator = null) : base(generator)
        {
            var all = KeepAll((concentration1, nameof(concentration1)), (concentration0, nameof(concentration0)));
            (this.concentration1, this.concentration0) = (all[0], all[1]);
            using var both = stack(all, -1);
            dirichlet = new Dirichlet(both, generator);
        }

        public override Tensor mean => WrappedTensorDisposeScope(() => concentration1 / (concentration1 + concentration0));
        public override Tensor mode => WrappedTensorDisposeScope(() => dirichlet.mode.select(-1, 0));

        public override Tensor variance => WrappedTensorDisposeScope(() =>
        {
            var total = concentration1 + concentration0;
            return concentration1 * concentration0 / (total.square() * (total + 1));
        });

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() => dirichlet.rsample(sample_shape).select(-1, 0));
        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => dirichlet.log_prob(stack([value.Needed(), 1 - value], -1)));
        public override Tensor entropy() => dirichlet.entropy();

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Beta(concentration1.expand(batch_shape.Shape), concentration0.expand(batch_shape.Shape), generator);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) dirichlet.Dispose();
            base.Dispose(disposing);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            public static Dirichlet Dirichlet(Tensor concentration, Generator? generator = null) => new(concentration, generator);

            public static Beta Beta(Tensor concentration1, Tensor concentration0, Generator? generator = null) => new(concentration1, concentration0, generator);
        }
    }
}
