using TorchSharp.Interop;

namespace TorchSharp;

public enum compute_mode
{
    use_mm_for_euclid_dist_if_necessary = 0,
    use_mm_for_euclid_dist = 1,
    donot_use_mm_for_euclid_dist = 2,
}

/// <summary>Free functions that are no method of a tensor, or take other arguments than libtorch's operator; the rest is derived.</summary>
public static partial class torch
{
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.where_self.Tensor(condition, x, y);
    public static Tensor[] where(Tensor condition) => Aten.where.TensorList(condition);

    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
        tensor.Needed().allclose(target, rtol, atol, equal_nan);

    public static long numel(Tensor input) => input.Needed().numel();
    public static bool is_tensor(object obj) => obj is Tensor;
    public static Tensor is_neg(Tensor input) => tensor(input.Needed().is_neg());

    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Factories.Finish(Aten.eye_m.Tensor(rows, columns < 0 ? rows : columns, dtype, default, InitializeDevice(device)), requires_grad, names);

    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint((long)low, (long)high, Array.ConvertAll(size, s => (long)s), dtype, device, requires_grad, generator, names);

    public static int randint_int(int high, Generator? generator = null) => randint_int(0, high, generator);
    public static int randint_int(int low, int high, Generator? generator = null) => (int)randint_long(low, high, generator);
    public static long randint_long(long high, Generator? generator = null) => randint_long(0, high, generator);

    public static long randint_long(long low, long high, Generator? generator = null)
    {
        using var one = randint(low, high, Array.Empty<long>(), ScalarType.Int64, generator: generator);
        return one.item<long>();
    }

    public static bool randint_bool(Generator? generator = null) => randint_long(0, 2, generator) == 1;

    public static double rand_float(Generator? generator = null)
    {
        using var one = rand(Array.Empty<long>(), ScalarType.Float64, generator: generator);
        return one.item<double>();
    }

    public static double randn_float(Generator? generator = null)
    {
        using var one = randn(Array.Empty<long>(), ScalarType.Float64, generator: generator);
        return one.item<double>();
    }

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => Aten.atleast_1d_Sequence.TensorList(input);
    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => Aten.atleast_2d_Sequence.TensorList(input);
    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => Aten.atleast_3d_Sequence.TensorList(input);
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Aten.broadcast_tensors.TensorList(tensors);

    public static Size broadcast_shapes(params long[][] shapes)
    {
        using var scope = NewDisposeScope();
        return new Size(broadcast_tensors(shapes.Select(s => empty(s, device: META)).ToArray())[0].shape);
    }

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Aten.cdist.Tensor(x1, x2, p, (long)compute_mode);

    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.Needed().tensordot(b, dims);
    public static Tensor tensordot(Tensor a, Tensor b, (long, long)[] dims) => a.Needed().tensordot(b, dims);
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Aten.promote_types.Int(type1, type2);
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Aten.result_type_Tensor.Int(tensor1, tensor2);

    public static Tensor FloatTensor(Tensor t) => t.Needed().@float();
    public static Tensor DoubleTensor(Tensor t) => t.Needed().@double();
    public static Tensor BoolTensor(Tensor t) => t.Needed().@bool();
    public static Tensor ByteTensor(Tensor t) => t.Needed().@byte();
    public static Tensor ShortTensor(Tensor t) => t.Needed().@short();
    public static Tensor IntTensor(Tensor t) => t.Needed().@int();
    public static Tensor LongTensor(Tensor t) => t.Needed().@long();

    public static void _assert(bool condition, string message)
    {
        if (!condition) throw new InvalidOperationException(message);
    }

    public static void _assert(Func<bool> condition, string message)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _assert(condition(), message);
    }
}
