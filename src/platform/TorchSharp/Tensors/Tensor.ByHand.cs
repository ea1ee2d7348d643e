using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What has no operator of its own in libtorch, or another form there; the rest is derived.</summary>
    public partial class Tensor
    {
        /// <summary>F#'s arrow into a module, <c>x --> m</c>; C# has no such operator and calls the module.</summary>
        public static Tensor op_MinusMinusGreater(Tensor t, nn.Module<Tensor, Tensor> m)
        {
            ArgumentNullException.ThrowIfNull(m);
            return m.call(t);
        }

        public Tensor alias() => Aten.alias.Tensor(this);
        public Tensor T => Aten.numpy_T.Tensor(this);
        public Tensor mT => Aten.mT.Tensor(this);
        public Tensor H => Aten.matrix_H.Tensor(this);
        public Tensor mH => Aten.mH.Tensor(this);
        public Tensor real => Aten.real.Tensor(this);
        public Tensor imag => Aten.imag.Tensor(this);
        public Tensor contiguous() => Aten.contiguous.Tensor(this);
        public Tensor clone() => Aten.clone.Tensor(this);

        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
            Aten.allclose.Bool(this, target, rtol, atol, equal_nan);

        public Tensor equal(Tensor target) => eq(target);
        /// <summary>libtorch draws without end where a count or a probability is no number.</summary>
        public Tensor binomial(Tensor prob, Generator? generator = null)
        {
            if (!is_meta && !prob.Needed().is_meta)
            {
                using var scope = NewDisposeScope();
                if (!isfinite().logical_and(ge(0)).all().item<bool>()) throw new ArgumentException("A count must be a finite number, zero or more.", "count");
                if (!prob.ge(0).logical_and(prob.le(1)).all().item<bool>()) throw new ArgumentException("A probability must be from 0 to 1.", nameof(prob));
            }

            return Aten.binomial.Tensor(this, prob, generator);
        }

        public Tensor not_equal(Tensor target) => ne(target);
        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

        public Tensor add(Tensor target) => Aten.add_Tensor.Tensor(this, target);
        public Tensor add(Tensor target, Scalar alpha) => Aten.add_Tensor.Tensor(this, target, alpha);
        public Tensor add(Scalar scalar) => Aten.add_Scalar.Tensor(this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.add_Scalar.Tensor(this, scalar, alpha);
        public Tensor add_(Tensor target) => Aten.add__Tensor.Tensor(this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Aten.add__Tensor.Tensor(this, target, alpha);
        public Tensor add_(Scalar scalar) => Aten.add__Scalar.Tensor(this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.add__Scalar.Tensor(this, scalar, alpha);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Aten.div_Tensor_mode.Tensor(this, target, Name(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Aten.div_Scalar_mode.Tensor(this, target, Name(rounding_mode));
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Aten.div__Tensor_mode.Tensor(this, target, Name(rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Aten.div__Scalar_mode.Tensor(this, target, Name(rounding_mode));
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

        public Tensor round(long decimals = 0) => decimals == 0 ? Aten.round.Tensor(this) : Aten.round_decimals.Tensor(this, decimals);
        public Tensor round_(long decimals = 0) => decimals == 0 ? Aten.round_.Tensor(this) : Aten.round__decimals.Tensor(this, decimals);

        public Tensor squeeze(long? dim = null) => dim is { } d ? Aten.squeeze_dim.Tensor(this, d) : Aten.squeeze.Tensor(this);
        public Tensor squeeze_(long? dim = null) => dim is { } d ? Aten.squeeze__dim.Tensor(this, d) : Aten.squeeze_.Tensor(this);

        public Tensor random_(double from, double to, Generator? generator = null) => Aten.random__from.Tensor(this, (long)from, (long)to, generator);

        public Tensor amax(params long[] dims) => Aten.amax.Tensor(this, dims);
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Reduce(Aten.amax, Aten.amax_out, dims, keepdim, @out);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim, @out);
        public Tensor amin(params long[] dims) => Aten.amin.Tensor(this, dims);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Reduce(Aten.amin, Aten.amin_out, dims, keepdim, @out);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim, @out);

        private Tensor Reduce(Operator plain, Operator into, long[] dims, bool keepdim, Tensor? target) =>
            target is null ? plain.Tensor(this, dims, keepdim) : into.Tensor(this, dims, keepdim, target);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => Aten.sum_dim_IntList.Tensor(this, (dim0, dim1), keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Aten.sum_dim_IntList.Tensor(this, (dim0, dim1, dim2), keepdim, type);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.sort_stable.Tensors2(this, stable, dim, descending);

        public (Tensor output, Tensor inverse_indices, Tensor counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var found = dim is { } d
                ? Aten.unique_dim.TensorsN(3, this, d, sorted, return_inverse, return_counts)
                : Aten._unique2.TensorsN(3, this, sorted, return_inverse, return_counts);
            return Asked(found, return_inverse, return_counts);
        }

        public (Tensor output, Tensor inverse_indices, Tensor counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Asked(Aten.unique_consecutive.TensorsN(3, this, return_inverse, return_counts, dim), return_inverse, return_counts);

        /// <summary>What was not asked for is null.</summary>
        private static (Tensor, Tensor, Tensor) Asked(Tensor?[] found, bool inverse, bool counts)
        {
            if (!inverse) found[1]?.Dispose();
            if (!counts) found[2]?.Dispose();
            return (found[0]!, inverse ? found[1]! : null!, counts ? found[2]! : null!);
        }

        public Tensor expand(params long[] sizes) => Aten.expand.Tensor(this, sizes);
        public Tensor permute(IEnumerable<long> permutation) => Aten.permute.Tensor(this, permutation.ToArray());
        public Tensor[] split(params long[] sizes) => Aten.split_sizes.TensorList(this, sizes);
        public Tensor arctan(Tensor other) => arctan2(other);
        public Tensor arctan_(Tensor other) => arctan2_(other);
        public Tensor polygamma(long p) => Aten.polygamma.Tensor(p, this);

        public Tensor pinverse(double rcond = 1E-15, bool hermitian = false) => Aten.linalg_pinv.Tensor(this, rcond, hermitian);

        public Tensor vander(long N = -1, bool increasing = false) => Aten.vander.Tensor(this, Given(N), increasing);

        public Tensor tensordot(Tensor b, long dims = 2)
        {
            if (dims < 0 || dims > ndim || dims > b.Needed().ndim) throw new ArgumentException($"{dims} dimensions cannot be contracted of tensors with {ndim} and {b.ndim}.", nameof(dims));
            var own = ndim;
            return tensordot(b, Counting(own - dims, dims), Counting(0, dims));

            static long[] Counting(long first, long count) => Enumerable.Range((int)first, (int)count).Select(d => (long)d).ToArray();
        }

        public Tensor tensordot(Tensor b, (long, long)[] dims) => tensordot(b, Array.ConvertAll(dims, d => d.Item1), Array.ConvertAll(dims, d => d.Item2));

        public Tensor[] hsplit(Tensor indices) => tensor_split(indices, ndim == 1 ? 0 : 1);
        public Tensor[] vsplit(Tensor indices) => tensor_split(indices, 0);
        public Tensor[] dsplit(Tensor indices) => tensor_split(indices, 2);

        public Tensor[] dsplit((long, long, long, long) indices_or_sections) =>
            dsplit(indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4);

        public IList<Tensor> nonzero_as_list() => Aten.nonzero_numpy.TensorList(this);
        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();
        public static Tensor block_diag(params Tensor[] tensors) => torch.block_diag(tensors);

        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, PaddingModes pad_mode = PaddingModes.Reflect,
            bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
            Aten.stft_center.Tensor(
                this, n_fft, Given(hop_length), Given(win_length), window, center, pad_mode.ToString().ToLowerInvariant(), normalized, onesided, return_complex);

        public Tensor istft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false, bool? onesided = null,
            long length = -1, bool return_complex = false) =>
            Aten.istft.Tensor(this, n_fft, Given(hop_length), Given(win_length), window, center, normalized, onesided, Given(length), return_complex);

        private static long? Given(long number) => number < 0 ? null : number;

        public Tensor set_(Tensor source) => Aten.set__source_Tensor.Tensor(this, source);
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.copy_.Tensor(this, source, nonBlocking);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Aten.bernoulli__float.Tensor(this, p, generator);
    }

    public enum RoundingMode
    {
        None = 0,
        trunc = 1,
        floor = 2,
    }
}
