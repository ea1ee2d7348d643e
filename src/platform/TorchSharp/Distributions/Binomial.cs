using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>How many of <c>total_count</c> attempts succeed, each with the probability <see cref="probs"/>.</summary>
    public class Binomial : distributions.Distribution
    {
        private readonly Tensor total_count;
        private readonly ProbsOrLogits chance;

        public Binomial(Tensor total_count, Tensor? p = null, Tensor? l = null, Generator? generator = null) : base(generator)
        {
            using var scope = NewDisposeScope();
            var given = p ?? l ?? throw new ArgumentException("Either probabilities or logits must be given, and not both.", nameof(p));
            var all = KeepAll((total_count.Needed(nameof(total_count)).to_type(given.dtype), nameof(total_count)), (given, nameof(p)));
            this.total_count = all[0];
            Require(total_count, t => t.ge(0), nameof(total_count), "zero or more");
            chance = ProbsOrLogits.OfTwo(p is null ? null : all[1], l is null ? null : p is null ? all[1] : l, Keep);
        }

        public Tensor probs => chance.Probs;
        public Tensor logits => chance.Logits;
        public override Tensor mean => WrappedTensorDisposeScope(() => total_count * probs);
        public override Tensor mode => WrappedTensorDisposeScope(() => minimum(((total_count + 1) * probs).floor(), total_count));
        public override Tensor variance => WrappedTensorDisposeScope(() => total_count * probs * (1 - probs));

        /// <summary>A draw has no gradient.</summary>
        public override Tensor rsample(params long[] sample_shape)
        {
            using var no = no_grad();
            var shape = ExtendedShape(sample_shape);
            return WrappedTensorDisposeScope(() => binomial(total_count.expand(shape), probs.expand(shape), generator));
        }

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var ways = (total_count + 1).lgamma() - (value.Needed() + 1).lgamma() - (total_count - value + 1).lgamma();
            return ways + value * logits - total_count * ClampByZero(logits) - total_count * (-logits.abs()).exp().log1p();
        });

        public override Tensor entropy() => WrappedTensorDisposeScope(() =>
        {
            var found = log_prob(enumerate_support(false));
            return -(found.exp() * found).sum(0);
        });

        private protected override Tensor Values(bool expand)
        {
            using var scope = NewDisposeScope();
            var most = total_count.max();
            if (!total_count.eq(most).all().item<bool>()) throw new NotSupportedException("The values can be listed only where all have the same total_count.");
            return Outcomes.UpTo((long)most.ToDouble(), chance.Type, chance.Device, batch_shape, expand).MoveToOuterDisposeScope();
        }

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Binomial(total_count.expand(batch_shape.Shape), l: logits.expand(batch_shape.Shape), generator: generator);
        }
    }

    /// <summary>How often it succeeds, with the probability <see cref="probs"/>, before it has failed <c>total_count</c> times.</summary>
    public class NegativeBinomial : distributions.Distribution
    {
        private readonly Tensor total_count;
        private readonly ProbsOrLogits chance;

        public NegativeBinomial(Tensor total_count, Tensor? p = null, Tensor? l = null, Generator? generator = null) : base(generator)
        {
            using var scope = NewDisposeScope();
            var given = p ?? l ?? throw new ArgumentException("Either probabilities or logits must be given, and not both.", nameof(p));
            var all = KeepAll((total_count.Needed(nameof(total_count)).to_type(given.dtype), nameof(total_count)), (given, nameof(p)));
            this.total_count = all[0];
            Require(total_count, t => t.ge(0), nameof(total_count), "zero or more");
            if (p is not null) Require(p, t => t.lt(1), nameof(p), "below one");
            chance = ProbsOrLogits.OfTwo(p is null ? null : all[1], l is null ? null : p is null ? all[1] : l, Keep);
        }

        public Tensor probs => chance.Probs;
        public Tensor logits => chance.Logits;
        public override Tensor mean => WrappedTensorDisposeScope(() => total_count * logits.exp());
        public override Tensor mode => WrappedTensorDisposeScope(() => ((total_count - 1) * logits.exp()).floor().clamp(min: 0));
        public override Tensor variance => WrappedTensorDisposeScope(() => mean / (-logits).sigmoid());

        /// <summary>A draw has no gradient.</summary>
        public override Tensor rsample(params long[] sample_shape)
        {
            using var no = no_grad();
            return WrappedTensorDisposeScope(() =>
            {
                using var rate = new Gamma(total_count, (-logits).exp(), generator);
                return poisson(rate.sample(sample_shape), generator);
            });
        }

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var sum = total_count + value.Needed();
            var ways = -sum.lgamma() + (1 + value).lgamma() + total_count.lgamma();
            return total_count * nn.functional.logsigmoid(-logits) + value * nn.functional.logsigmoid(logits) - ways.masked_fill(sum.eq(0), 0);
        });

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new NegativeBinomial(total_count.expand(batch_shape.Shape), l: logits.expand(batch_shape.Shape), generator: generator);
        }
    }

    /// <summary>How many of the things happen that happen at the <c>rate</c>.</summary>
    public class Poisson : distributions.Distribution
    {
        private readonly Tensor rate;

        public Poisson(Tensor rate, Generator? generator = null) : base(generator)
        {
            this.rate = KeepAll((rate, nameof(rate)))[0];
            Require(rate, r => r.ge(0), nameof(rate), "zero or more");
        }

        public override Tensor mean => rate.alias();
        public override Tensor mode => rate.floor();
        public override Tensor variance => rate.alias();

        /// <summary>A draw has no gradient.</summary>
        public override Tensor rsample(params long[] sample_shape)
        {
            using var no = no_grad();
            return WrappedTensorDisposeScope(() => poisson(rate.expand(ExtendedShape(sample_shape)), generator));
        }

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => value.Needed().xlogy(rate) - rate - (value + 1).lgamma());

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new Poisson(rate.expand(batch_shape.Shape), generator);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>How many of several attempts succeed.</summary>
            public static Binomial Binomial(Tensor total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) => new(total_count, probs, logits, generator);

            public static Binomial Binomial(int total_count, float? probs, float? logits, Generator? generator = null) =>
                new(tensor(total_count), Maybe(probs), Maybe(logits), generator);

            public static Binomial Binomial(int total_count, double? probs, double? logits, Generator? generator = null) =>
                new(tensor(total_count), Maybe(probs), Maybe(logits), generator);

            /// <summary>How often it succeeds before it has failed several times.</summary>
            public static NegativeBinomial NegativeBinomial(Tensor total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(total_count, probs, logits, generator);

            public static NegativeBinomial NegativeBinomial(int total_count, float? probs, float? logits, Generator? generator = null) =>
                new(tensor(total_count), Maybe(probs), Maybe(logits), generator);

            public static NegativeBinomial NegativeBinomial(int total_count, double? probs, double? logits, Generator? generator = null) =>
                new(tensor(total_count), Maybe(probs), Maybe(logits), generator);

            public static Poisson Poisson(Tensor rate, Generator? generator = null) => new(rate, generator);

            public static Poisson Poisson(float rate, Generator? generator = null) => new(tensor(rate), generator);

            public static Poisson Poisson(double rate, Generator? generator = null) => new(tensor(rate), generator);
        }
    }
}
