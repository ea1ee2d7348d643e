using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normal numbers that hang together, along the last dimension.</summary>
    public class MultivariateNormal : distributions.Distribution
    {
        private readonly Tensor loc, tril;

        public MultivariateNormal(Tensor loc, Tensor? covariance_matrix = null, Tensor? precision_matrix = null, Tensor? scale_tril = null, Generator? generator = null) : base(generator)
        {
            if (loc.Needed(nameof(loc)).ndim < 1) throw new ArgumentException("loc must have at least one dimension.", nameof(loc));
            if (new[] { covariance_matrix, precision_matrix, scale_tril }.OfType<Tensor>().ToArray() is not [var matrix])
                throw new ArgumentException("One of covariance_matrix, precision_matrix and scale_tril must be given, and only one.");
            if (matrix.ndim < 2 || matrix.shape[^1] != loc.shape[^1] || matrix.shape[^2] != loc.shape[^1])
                throw new ArgumentException($"The matrix must be [..., {loc.shape[^1]}, {loc.shape[^1]}], as loc is long, but is [{string.Join(", ", matrix.shape)}].");
            using var scope = NewDisposeScope();
            var lower = scale_tril ?? (covariance_matrix is not null ? Factor(matrix, nameof(covariance_matrix)) : OfPrecision(matrix));
            batch_shape = broadcast_shapes(lower.shape[..^2], loc.shape[..^1]);
            event_shape = loc.shape[^1..];
            this.loc = Keep(loc.expand([.. batch_shape.Shape, .. event_shape.Shape]));
            tril = Keep(lower.expand([.. batch_shape.Shape, .. lower.shape[^2..]]));
        }

        private static Tensor Factor(Tensor matrix, string name)
        {
            if (!matrix.detach().allclose(matrix.detach().mT, 1e-5, 1e-6)) throw new ArgumentException($"{name} must be symmetric.", name);
            try
            {
                return linalg.cholesky(matrix);
            }
            catch (System.Runtime.InteropServices.ExternalException)
            {
                throw new ArgumentException($"{name} must be positive definite.", name);
            }
        }

        // The precision is the inverse of the covariance: the factor of the one that is turned about is the inverse of the factor of the other.
        private static Tensor OfPrecision(Tensor precision)
        {
            var upper = Factor(precision.flip(-2, -1), "precision_matrix").flip(-2, -1).mT;
            return linalg.solve_triangular(upper, eye(precision.shape[^1], dtype: precision.dtype, device: precision.device), upper: false);
        }

        public override Tensor mean => loc.alias();
        public override Tensor mode => loc.alias();
        public override Tensor variance => WrappedTensorDisposeScope(() => tril.square().sum(-1));

        public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
        {
            var chance = Zeros(ExtendedShape(sample_shape), loc);
            return loc + tril.matmul(normal(chance, ones_like(chance), generator).unsqueeze(-1)).squeeze(-1);
        });

        private Tensor HalfLogOfDeterminant => tril.diagonal(0, -2, -1).log().sum(-1);

        public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
        {
            var far = (value.Needed() - loc).unsqueeze(-1);
            var distance = linalg.solve_triangular(tril, far, upper: false).square().sum(-2).squeeze(-1);
            return -0.5 * (event_shape[0] * Math.Log(2 * Math.PI) + distance) - HalfLogOfDeterminant;
        });

        public override Tensor entropy() => WrappedTensorDisposeScope(() => 0.5 * event_shape[0] * (1 + Math.Log(2 * Math.PI)) + HalfLogOfDeterminant);

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
        {
            using var scope = NewDisposeScope();
            return new MultivariateNormal(loc.expand([.. batch_shape.Shape, .. event_shape.Shape]), scale_tril: tril.expand([.. batch_shape.Shape, .. tril.shape[^2..]]), generator: generator);
        }
    }

    /// <summary>Distributions of a batch taken together as one, whose events are larger by these dimensions.</summary>
    public class Independent : distributions.Distribution
    {
        private readonly distributions.Distribution base_dist;
        private readonly int dimensions;

        public Independent(distributions.Distribution base_distribution, int reinterpreted_batch_ndims, Generator? generator = null) : base(generator)
        {
            ArgumentNullException.ThrowIfNull(base_distribution);
            var batch = base_distribution.batch_shape.Shape;
            if (reinterpreted_batch_ndims < 0 || reinterpreted_batch_ndims > batch.Length)
                throw new ArgumentException($"The batch has {batch.Length} dimensions: {reinterpreted_batch_ndims} of them cannot be taken.", nameof(reinterpreted_batch_ndims));
            (base_dist, dimensions) = (base_distribution, reinterpreted_batch_ndims);
            _init(batch[..^dimensions], new([.. batch[^dimensions..], .. base_distribution.event_shape.Shape]));
        }

        public override Tensor mean => base_dist.mean;
        public override Tensor mode => base_dist.mode;
        public override Tensor variance => base_dist.variance;
        public override Tensor sample(params long[] sample_shape) => base_dist.sample(sample_shape);
        public override Tensor rsample(params long[] sample_shape) => base_dist.rsample(sample_shape);
        public override Tensor log_prob(Tensor value) => Together(base_dist.log_prob(value));
        public override Tensor entropy() => Together(base_dist.entropy());

        private Tensor Together(Tensor each)
        {
            if (dimensions == 0) return each;
            using (each) return each.sum(Enumerable.Range(1, dimensions).Select(d => -(long)d).ToArray());
        }

        public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null) =>
            new Independent(base_dist.expand(new([.. batch_shape.Shape, .. event_shape.Shape[..dimensions]])), dimensions, generator);

        protected override void Dispose(bool disposing)
        {
            if (disposing) base_dist.Dispose();
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
            /// <summary>Normal numbers that hang together: by their covariance, by its inverse (the precision), or by the covariance's lower factor.</summary>
            public static MultivariateNormal MultivariateNormal(
                Tensor loc, Tensor? covariance_matrix = null, Tensor? precision_matrix = null, Tensor? scale_tril = null, Generator? generator = null) =>
                new(loc, covariance_matrix, precision_matrix, scale_tril, generator);

            public static Independent Independent(Distribution base_distribution, int reinterpreted_batch_dims, Generator? generator = null) =>
                new(base_distribution, reinterpreted_batch_dims, generator);
        }
    }
}
