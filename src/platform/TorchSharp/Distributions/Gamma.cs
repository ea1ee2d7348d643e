using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The time until something that happens at the <c>rate</c> happens.</summary>
    public class Exponential : distributions.Distribution
    {
        private readonly Tensor rate;

        public Exponential(Tensor rate, Generator? generator = null) : base(generator)
        {
            this.rate = KeepAll((rate, nameof(rate)))[0];
            RequirePositive(rate, nameof(rate));
        }

        public override Tensor mean => rate.reciprocal();
        public override Tensor mode => zeros_like(rate);
        public override Tensor stddev => rate.reciprocal();
        public override Tensor variance => rate.pow(-2);
        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() => empty(ExtendedShape(sample_shape), rate.dtype, rate.device).exponential_(generator: generator) / rate);
        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => rate.log() - rate * value.Needed());
        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => 1 - (-rate * value.Needed()).exp());
        public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => -(1 - value.Needed()).log() / rate);
        public override Tensor entropy() => WrappedTensorDisposeScope(() => 1 - rate.log());

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Exponential(rate.expand(batch_shape.Shape), generator);
        }
    }

    /// <summary>The gamma distribution: for a whole <c>concentration</c>, the time until that many things happen at the <c>rate</c>.</summary>
    public class Gamma : distributions.Distribution
    {
        protected readonly Tensor concentration;
        private readonly Tensor rate;

        public Gamma(Tensor concentration, Tensor rate, Generator? generator = null) : base(generator)
        {
            var all = KeepAll((concentration, nameof(concentration)), (rate, nameof(rate)));
            (this.concentration, this.rate) = (all[0], all[1]);
            RequirePositive(this.concentration, nameof(concentration));
            RequirePositive(this.rate, nameof(rate));
        }

        public override Tensor mean => concentration / rate;
        public override Tensor mode => WrappedTensorDisposeScope(() => ((concentration - 1) / rate).clamp(min: 0));
        public override Tensor variance => WrappedTensorDisposeScope(() => concentration / rate.square());

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
        {
            var value = Aten._standard_gamma.Tensor(concentration.expand(ExtendedShape(sample_shape)), generator) / rate;
            // Never zero; the gradient knows nothing of it.
            using (no_grad()) value.detach().clamp_(min: finfo(value.dtype).tiny);
            return value;
        });

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            concentration.xlogy(rate) + (concentration - 1).xlogy(value.Needed()) - rate * value - concentration.lgamma());

        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => special.gammainc(concentration, rate * value.Needed()));

        public override Tensor entropy() => WrappedTensorDisposeScope(() =>
            concentration - rate.log() + concentration.lgamma() + (1 - concentration) * concentration.digamma());

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Gamma(concentration.expand(batch_shape.Shape), rate.expand(batch_shape.Shape), generator);
        }
    }

    /// <summary>The sum of the squares of <c>df</c> normal numbers.</summary>
    public class Chi2 : Gamma
    {
        public Chi2(Tensor df, Generator? generator = null) : base(WrappedTensorDisposeScope(() => df.Needed(nameof(df)) * 0.5), tensor(0.5, df.dtype, df.device), generator)
        {
        }

        public Tensor df => concentration * 2;

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Chi2(df.expand(batch_shape.Shape), generator);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            public static Exponential Exponential(Tensor rate, Generator? generator = null) => new(rate, generator);

            public static Gamma Gamma(Tensor concentration, Tensor rate, Generator? generator = null) => new(concentration, rate, generator);

            public static Chi2 Chi2(Tensor df, Generator? generator = null) => new(df, generator);
        }
    }
}
