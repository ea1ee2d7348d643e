using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>One with the probability <see cref="probs"/>, else zero.</summary>
    public class Bernoulli : distributions.Distribution
    {
        private readonly ProbsOrLogits chance;

        public Bernoulli(Tensor? p = null, Tensor? l = null, Generator? generator = null) : this(generator, keep => ProbsOrLogits.OfTwo(p, l, keep))
        {
        }

        private Bernoulli(Generator? generator, Func<Func<Tensor, Tensor>, ProbsOrLogits> make) : base(generator)
        {
            chance = make(Keep);
            batch_shape = chance.Shape;
        }

        public Tensor probs => chance.Probs;
        public Tensor logits => chance.Logits;
        public override Tensor mean => probs;
        public override Tensor variance => WrappedTensorDisposeScope(() => probs * (1 - probs));

        /// <summary>A draw has no gradient.</summary>
        public override Tensor rsample(params long[] sample_shape)
        {
            using var no = no_grad();
            return WrappedTensorDisposeScope(() => bernoulli(probs.expand(ExtendedShape(sample_shape)), generator));
        }

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var both = broadcast_tensors(logits, value.Needed());
            return -nn.functional.binary_cross_entropy_with_logits(both[0], both[1], reduction: nn.Reduction.None);
        });

        public override Tensor entropy() => WrappedTensorDisposeScope(() => nn.functional.binary_cross_entropy_with_logits(logits, probs, reduction: nn.Reduction.None));

        private protected override Tensor Values(bool expand) => Outcomes.UpTo(1, chance.Type, chance.Device, batch_shape, expand);

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null) =>
            new Bernoulli(generator, keep => chance.Expanded(batch_shape.Shape, keep));
    }

    /// <summary>How often it fails before it succeeds, with the probability of success <see cref="probs"/>.</summary>
    public class Geometric : distributions.Distribution
    {
        private readonly ProbsOrLogits chance;

        public Geometric(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) : this(generator, keep => ProbsOrLogits.OfTwo(probs, logits, keep))
        {
            if (probs is not null) RequirePositive(probs, nameof(probs));
        }

        private Geometric(Generator? generator, Func<Func<Tensor, Tensor>, ProbsOrLogits> make) : base(generator)
        {
            chance = make(Keep);
            batch_shape = chance.Shape;
        }

        public Tensor probs => chance.Probs;
        public Tensor logits => chance.Logits;
        public override Tensor mean => WrappedTensorDisposeScope(() => 1 / probs - 1);
        public override Tensor variance => WrappedTensorDisposeScope(() => (1 / probs - 1) / probs);

        /// <summary>A draw has no gradient.</summary>
        public override Tensor rsample(params long[] sample_shape)
        {
            using var no = no_grad();
            return WrappedTensorDisposeScope(() => (Chance(ExtendedShape(sample_shape), probs, finfo(chance.Type).tiny).log() / (-probs).log1p()).floor());
        }

        // A sure success fails not at all: nothing times the logarithm of nothing is nothing.
        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => value.Needed().xlogy(1 - probs) + probs.log());

        public override Tensor entropy() => WrappedTensorDisposeScope(() => nn.functional.binary_cross_entropy_with_logits(logits, probs, reduction: nn.Reduction.None) / probs);

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null) =>
            new Geometric(generator, keep => chance.Expanded(batch_shape.Shape, keep));
    }

    /// <summary>Lists of whole numbers.</summary>
    internal static class Outcomes
    {
        /// <summary>0, 1, ... along a first dimension, for every distribution of the batch.</summary>
        public static Tensor UpTo(long last, ScalarType type, Device device, Size batch, bool expand)
        {
            using var scope = NewDisposeScope();
            var values = arange(last + 1, type, device).view([-1, .. Enumerable.Repeat(1L, batch.Length)]);
            return (expand ? values.expand([-1, .. batch.Shape]) : values).MoveToOuterDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>Yes or no: from probabilities, or from the logarithms of odds.</summary>
            public static Bernoulli Bernoulli(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) => new(probs, logits, generator);

            public static Bernoulli Bernoulli(float? probs, float? logits, Generator? generator = null) => new(Maybe(probs), Maybe(logits), generator);

            public static Bernoulli Bernoulli(double? probs, double? logits, Generator? generator = null) => new(Maybe(probs), Maybe(logits), generator);

            public static Geometric Geometric(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) => new(probs, logits, generator);

            private static Tensor? Maybe(float? number) => number is { } n ? tensor(n) : null;
            private static Tensor? Maybe(double? number) => number is { } n ? tensor(n) : null;
        }
    }
}
