using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary>
        /// What random numbers come from. A distribution is a batch of <see cref="batch_shape"/> independent ones, each of events of <see cref="event_shape"/>.
        /// It keeps its parameters until it is disposed; what its members give belongs to the caller.
        /// </summary>
        public abstract class Distribution : IDisposable
        {
            protected const double euler_constant = 0.57721566490153286060;

            private readonly List<Tensor> kept = [];

            /// <summary>Where the chance comes from; null is the default generator.</summary>
            protected Generator? generator;

            public Distribution(Generator? generator, long[]? batch_shape = null, long[]? event_shape = null) : this(generator, new Size(batch_shape ?? []), new Size(event_shape ?? []))
            {
            }

            public Distribution(Generator? generator, Size batch_shape, Size? event_shape = null)
            {
                this.generator = generator;
                _init(batch_shape, event_shape);
            }

            protected void _init(Size? batch_shape = null, Size? event_shape = null) => (this.batch_shape, this.event_shape) = (batch_shape ?? Size.Empty, event_shape ?? Size.Empty);

            /// <summary>How many distributions this is.</summary>
            public Size batch_shape { get; protected set; }

            /// <summary>The shape of one draw of one of them.</summary>
            public Size event_shape { get; protected set; }

            public abstract Tensor mean { get; }
            public abstract Tensor variance { get; }
            public virtual Tensor stddev => WrappedTensorDisposeScope(() => variance.sqrt());
            public virtual Tensor mode => Likeliest();

            /// <summary>Draws [<paramref name="sample_shape"/>..., batch, event], without gradients.</summary>
            public virtual Tensor sample(params long[] sample_shape)
            {
                using var no = no_grad();
                return rsample(sample_shape);
            }

            public Tensor sample(Size sample_shape) => sample(sample_shape.Shape);

            /// <summary>As <see cref="sample(long[])"/>; gradients flow to the parameters where a draw is a function of them and of chance.</summary>
            public abstract Tensor rsample(params long[] sample_shape);

            public Tensor rsample(Size sample_shape) => rsample(sample_shape.Shape);

            /// <summary>The logarithm of the density, or of the probability, at the value.</summary>
            public abstract Tensor log_prob(Tensor value);

            public virtual Tensor entropy() => throw Lacks("closed form of its entropy");

            /// <summary>Several of the same, in the shape that is asked for.</summary>
            /// <param name="instance">Not used here: a new one is made.</param>
            public abstract Distribution expand(Size batch_shape, Distribution? instance = null);

            /// <summary>How likely a value is not above this one.</summary>
            public virtual Tensor cdf(Tensor value) => throw Lacks("cumulative distribution");

            /// <summary>The inverse of <see cref="cdf"/>.</summary>
            public virtual Tensor icdf(Tensor value) => throw Lacks("inverse of a cumulative distribution");

            /// <summary>All values that there are, along a first dimension.</summary>
            public virtual Tensor enumerate_support(bool expand = true) => Values(expand);

            public Tensor perplexity() => WrappedTensorDisposeScope(() => entropy().exp());

            private NotSupportedException Lacks(string what) => new($"The distribution {GetType().Name} has no {what} here.");

            protected long[] ExtendedShape(params long[] sample_shape) => [.. sample_shape ?? [], .. batch_shape.Shape, .. event_shape.Shape];

            protected Tensor LogitsToProbs(Tensor logits, bool isBinary = false) => isBinary ? logits.Needed().sigmoid() : logits.Needed().softmax(-1);

            protected Tensor ProbsToLogits(Tensor probs, bool isBinary = false) => WrappedTensorDisposeScope(() =>
            {
                var inside = ClampProbs(probs);
                return isBinary ? inside.log() - (-inside).log1p() : inside.log();
            });

            /// <summary>So that neither a probability nor its complement is zero.</summary>
            protected Tensor ClampProbs(Tensor probs)
            {
                var eps = finfo(probs.Needed().dtype).eps;
                return probs.clamp(eps, 1 - eps);
            }

            /// <summary>The positive part, with half the gradient at zero.</summary>
            protected Tensor ClampByZero(Tensor x) => WrappedTensorDisposeScope(() => (x.clamp(min: 0) + x - x.clamp(max: 0)) / 2);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing) kept.ForEach(k => k.Dispose());
                kept.Clear();
            }

            // ---- for those that are made here

            private protected virtual Tensor Likeliest() => throw Lacks("mode");

            private protected virtual Tensor Values(bool expand) => throw Lacks("list of its values");

            /// <summary>A parameter, kept for as long as the distribution is.</summary>
            private protected Tensor Keep(Tensor parameter)
            {
                var own = parameter.alias().DetachFromDisposeScope();
                kept.Add(own);
                return own;
            }

            /// <summary>Parameters in their common shape, which is the batch's.</summary>
            private protected Tensor[] KeepAll(params (Tensor? Value, string Name)[] parameters)
            {
                using var scope = NewDisposeScope();
                var common = broadcast_tensors(parameters.Select(p => p.Value.Needed(p.Name)).ToArray()).Select(Keep).ToArray();
                batch_shape = common[0].shape;
                return common;
            }

            private protected static void Require(Tensor parameter, Func<Tensor, Tensor> good, string name, string wanted)
            {
                using var scope = NewDisposeScope();
                if (!good(parameter.detach()).all().item<bool>()) throw new ArgumentException($"{name} must be {wanted}.", name);
            }

            private protected static void RequirePositive(Tensor parameter, string name) => Require(parameter, p => p.gt(0), name, "above zero");

            private protected Tensor Zeros(long[] shape, Tensor like) => zeros(shape, like.dtype, like.device);

            /// <summary>Uniform from <paramref name="from"/> to 1.</summary>
            private protected Tensor Chance(long[] shape, Tensor like, double from) => empty(shape, like.dtype, like.device).uniform_(from, 1, generator);
        }
    }
}
