using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What has no operator of its own in libtorch, or another form there; the rest is derived.</summary>
    public partial class Tensor
    {
        public Tensor alias() => Aten.alias.Tensor(this);
        public Tensor T => Aten.numpy_T.Tensor(this);
        public Tensor mT => Aten.mT.Tensor(this);
        public Tensor H => Aten.matrix_H.Tensor(this);
        public Tensor contiguous() => Aten.contiguous.Tensor(this);
        public Tensor clone() => Aten.clone.Tensor(this);

        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
            Aten.allclose.Bool(this, target, rtol, atol, equal_nan);

        public Tensor equal(Tensor target) => eq(target);
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

        // libtorch's var and std take no type: the numbers are converted first, as mean does.
        private Tensor As(ScalarType? type) => type is { } t && t != dtype ? to_type(t) : this;

        public Tensor std(bool unbiased = true) => Aten.std.Tensor(this, unbiased);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.std_dim.Tensor(As(type), dim, unbiased, keepdim);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.std_dim.Tensor(As(type), dimensions, unbiased, keepdim);
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std(dimensions.ToArray(), unbiased, keepdim, type);
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.std_dim.Tensor(As(type), dim, unbiased, keepdim);
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.std_dim.Tensor(As(type), dim, unbiased, keepdim);
        public Tensor var(bool unbiased = true) => Aten.var.Tensor(this, unbiased);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.var_dim.Tensor(As(type), dim, unbiased, keepdim);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.var_dim.Tensor(As(type), dimensions, unbiased, keepdim);
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(dimensions.ToArray(), unbiased, keepdim, type);
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.var_dim.Tensor(As(type), dim, unbiased, keepdim);
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Aten.var_dim.Tensor(As(type), dim, unbiased, keepdim);

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

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.where_self.Tensor(condition, x, y);
    public static Tensor[] where(Tensor condition) => Aten.where.TensorList(condition);
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    public static long numel(Tensor input) => input.numel();
    public static bool is_tensor(object obj) => obj is Tensor;
}
