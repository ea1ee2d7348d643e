using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Every number from <c>low</c> up to, not including, <c>high</c>, equally likely.</summary>
    public class Uniform : distributions.Distribution
    {
        private readonly Tensor low, high;

        public Uniform(Tensor low, Tensor high, Generator? generator = null) : base(generator)
        {
            var all = KeepAll((low, nameof(low)), (high, nameof(high)));
            (this.low, this.high) = (all[0], all[1]);
            Require(this.low, l => l.lt(this.high), nameof(low), "below high");
        }

        public override Tensor mean => WrappedTensorDisposeScope(() => (high + low) / 2);
        public override Tensor mode => WrappedTensorDisposeScope(() => high * double.NaN);
        public override Tensor variance => WrappedTensorDisposeScope(() => (high - low).square() / 12);

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            low + rand(ExtendedShape(sample_shape), low.dtype, low.device, generator: generator) * (high - low));

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            low.le(value.Needed()).to_type(low.dtype).mul(high.gt(value).to_type(low.dtype)).log() - (high - low).log());

        public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => ((value.Needed() - low) / (high - low)).clamp(0, 1));
        public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => value.Needed() * (high - low) + low);
        public override Tensor entropy() => WrappedTensorDisposeScope(() => (high - low).log());

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Uniform(low.expand(batch_shape.Shape), high.expand(batch_shape.Shape), generator);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            public static Uniform Uniform(Tensor low, Tensor high, Generator? generator = null) => new(low, high, generator);
        }
    }
}
