using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The number of a class, from 0; the last dimension of the parameters is that of the classes.</summary>
    public class Categorical : distributions.Distribution
    {
        private readonly ProbsOrLogits chance;

        public Categorical(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) : this(generator, keep => ProbsOrLogits.OfClasses(probs, logits, keep))
        {
        }

        private Categorical(Generator? generator, Func<Func<Tensor, Tensor>, ProbsOrLogits> make) : base(generator)
        {
            chance = make(Keep);
            batch_shape = chance.Shape[..^1];
        }

        private long Classes => chance.Shape[^1];

        public long[] param_shape => chance.Shape;

        /// <summary>The probabilities of the classes; they add up to one.</summary>
        public Tensor probs => chance.Probs;

        /// <summary>The logarithms of the probabilities.</summary>
        public Tensor logits => chance.Logits;

        // The numbers of classes are names: there is no mean of them.
        public override Tensor mean => full(ExtendedShape(), double.NaN, chance.Type, chance.Device);
        public override Tensor variance => full(ExtendedShape(), double.NaN, chance.Type, chance.Device);
        private protected override Tensor Likeliest() => WrappedTensorDisposeScope(() => probs.argmax(-1));

        /// <summary>A draw has no gradient.</summary>
        public override Tensor rsample(params long[] sample_shape)
        {
            using var no = no_grad();
            var draws = sample_shape.Aggregate(1L, (a, b) => a * b);
            return WrappedTensorDisposeScope(() => probs.reshape(-1, Classes).multinomial(draws, true, generator).t().reshape(ExtendedShape(sample_shape)));
        }

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var both = broadcast_tensors(value.Needed().to_type(ScalarType.Int64).unsqueeze(-1), logits);
            return both[1].gather(-1, both[0].narrow(-1, 0, 1)).squeeze(-1);
        });

        public override Tensor entropy() => WrappedTensorDisposeScope(() => -(logits.clamp(min: finfo(chance.Type).min) * probs).sum(-1));

        private protected override Tensor Values(bool expand) => Outcomes.UpTo(Classes - 1, ScalarType.Int64, chance.Device, batch_shape, expand);

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null) => Expanded(batch_shape);

        internal Categorical Expanded(Size batch_shape) => new(generator, keep => chance.Expanded([.. batch_shape.Shape, Classes], keep));
    }

    /// <summary>A class, as a one among zeros.</summary>
    public class OneHotCategorical : distributions.Distribution
    {
        private readonly Categorical number;

        public OneHotCategorical(Tensor? p = null, Tensor? l = null, Generator? generator = null) : this(new Categorical(p, l, generator), generator)
        {
        }

        private OneHotCategorical(Categorical number, Generator? generator) : base(generator)
        {
            this.number = number;
            _init(number.batch_shape, number.param_shape[^1..]);
        }

        public Tensor probs => number.probs;
        public Tensor logits => number.logits;
        public override Tensor mean => probs;
        public override Tensor mode => WrappedTensorDisposeScope(() => Hot(probs.argmax(-1)));
        public override Tensor variance => WrappedTensorDisposeScope(() => probs * (1 - probs));
        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() => Hot(number.sample(sample_shape)));
        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => number.log_prob(value.Needed().argmax(-1)));
        public override Tensor entropy() => number.entropy();

        private protected override Tensor Values(bool expand) => WrappedTensorDisposeScope(() => Hot(number.enumerate_support(expand)));

        private Tensor Hot(Tensor numbers) => nn.functional.one_hot(numbers, number.param_shape[^1]).to_type(probs.dtype);

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null) => new OneHotCategorical(number.Expanded(batch_shape), generator);

        protected override void Dispose(bool disposing)
        {
            if (disposing) number.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>How often each class comes in <c>total_count</c> draws.</summary>
    public class Multinomial : distributions.Distribution
    {
        private readonly int total_count;
        private readonly Categorical number;

        public Multinomial(int total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) : this(total_count, new Categorical(probs, logits, generator), generator)
        {
        }

        private Multinomial(int total_count, Categorical number, Generator? generator) : base(generator)
        {
            if (total_count < 0) throw new ArgumentException($"total_count must be zero or more, not {total_count}.", nameof(total_count));
            (this.total_count, this.number) = (total_count, number);
            _init(number.batch_shape, number.param_shape[^1..]);
        }

        public long[] param_shape => number.param_shape;
        public Tensor probs => number.probs;
        public Tensor logits => number.logits;
        public override Tensor mean => WrappedTensorDisposeScope(() => probs * total_count);
        public override Tensor variance => WrappedTensorDisposeScope(() => total_count * probs * (1 - probs));

        /// <summary>A draw has no gradient.</summary>
        public override Tensor rsample(params long[] sample_shape)
        {
            using var no = no_grad();
            return WrappedTensorDisposeScope(() =>
            {
                var draws = number.sample([total_count, .. sample_shape]);
                draws = draws.permute([.. Enumerable.Range(1, (int)draws.ndim - 1).Select(d => (long)d), 0]);
                var one = probs;
                return zeros(ExtendedShape(sample_shape), one.dtype, one.device).scatter_add_(-1, draws, ones_like(draws, one.dtype));
            });
        }

        // A class that cannot come, and does not, takes nothing away.
        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var both = broadcast_tensors(logits, value.Needed());
            var powers = both[0].masked_fill(both[1].eq(0).logical_and(both[0].eq(double.NegativeInfinity)), 0) * both[1];
            return (value.sum(-1) + 1).lgamma() - (value + 1).lgamma().sum(-1) + powers.sum(-1);
        });

        public override Tensor entropy() => WrappedTensorDisposeScope(() =>
        {
            var one = probs;
            var known = tensor((double)total_count, one.dtype, one.device);
            using var single = new Binomial(known, one, generator: generator);
            var counts = arange(1, total_count + 1, one.dtype, one.device).view([-1, .. Enumerable.Repeat(1L, (int)one.ndim)]);
            return known * number.entropy() - (known + 1).lgamma() + (single.log_prob(counts).exp() * (counts + 1).lgamma()).sum(0).sum(-1);
        });

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null) => new Multinomial(total_count, number.Expanded(batch_shape), generator);

        protected override void Dispose(bool disposing)
        {
            if (disposing) number.Dispose();
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
            /// <summary>One of several classes: from probabilities, or from their logarithms, which need not be complete (logits).</summary>
            public static Categorical Categorical(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) => new(probs, logits, generator);

            /// <summary>All classes equally likely.</summary>
            public static Categorical Categorical(int categories, Generator? generator = null) => new(Even(categories), null, generator);

            public static OneHotCategorical OneHotCategorical(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) => new(probs, logits, generator);

            /// <summary>How often each class comes in several draws.</summary>
            public static Multinomial Multinomial(int total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) => new(total_count, probs, logits, generator);

            public static Multinomial Multinomial(int total_count, int categories, Generator? generator = null) => new(total_count, Even(categories), null, generator);

            private static Tensor Even(int categories) => categories > 0 ? ones(categories) : throw new ArgumentException($"There must be at least one category, not {categories}.", nameof(categories));
        }
    }
}
