using System.Reflection;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Finds arguments with which a method makes sense, by its parameters' types and names.</summary>
internal static class Arguments
{
    /// <summary>Null where there is a parameter that no value is known for.</summary>
    public static object?[]? For(MethodInfo method, Tensor self, List<Tensor> tensors)
    {
        var values = new List<object?>();
        var parameters = method.GetParameters();
        // The first parameter of a function is what a method is called on.
        foreach (var parameter in method.IsStatic && parameters[0].ParameterType == typeof(Tensor) ? parameters[1..] : parameters)
        {
            if (!TryGet(method.Name, parameter, self, tensors, out var value)) return null;
            values.Add(value);
        }

        return values.ToArray();
    }

    /// <summary>The same call with smaller second operands, which a method that broadcasts accepts.</summary>
    public static IEnumerable<(string Shape, object?[] Arguments, List<Tensor> Tensors)> Broadcast(object?[] arguments, List<Tensor> tensors)
    {
        if (tensors is not [var self, var other] || arguments.Length == 0 || !ReferenceEquals(arguments[0], other)) yield break;
        if (self.ndim != 2 || !self.is_contiguous() || self.numel() == 0 || !other.shape.SequenceEqual(self.shape)) yield break;
        foreach (var smaller in new[] { other.narrow(0, 0, 1), other.select(0, 0), other.select(0, 0).select(0, 0) })
            yield return ($"[{string.Join(",", smaller.shape)}]", [smaller, .. arguments[1..]], [self, smaller]);
    }

    private static bool TryGet(string method, ParameterInfo parameter, Tensor self, List<Tensor> tensors, out object? value)
    {
        var name = parameter.Name!;
        var type = parameter.ParameterType;
        var known = true;
        value = type switch
        {
            _ when type == typeof(Generator) || type == typeof(Device) || type == typeof(string[]) => null,
            _ when parameter.HasDefaultValue && name is "requires_grad" => null,
            _ when type == typeof(Tensor) && name is "weights" or "out" or "sorter" or "prepend" or "append" or "fweights" or "aweights" => null,
            _ when type == typeof(Tensor) => Add(Other(method, name, self)),
            _ when method == "einsum" => type == typeof(string) ? "...i,...i->..." : new[] { self, Add(Values(self)) },
            _ when type == typeof(IList<Tensor>) || type == typeof(IEnumerable<Tensor>) || (type == typeof(Tensor[]) || type == typeof(ReadOnlySpan<Tensor>)) && name is "tensors" or "input" or "matrices" => new[] { self, Add(Values(self)) },
            _ when type == typeof(string) && name == "indexing" => "ij",
            _ when type == typeof(compute_mode) => null,
            _ when type == typeof(Size) => new Size(List(method, name, self) ?? []),
            _ when type == typeof(Tensor[]) => new[] { Add(Other(method, name, self)) },
            _ when type == typeof(Scalar) => name is "max" or "end" ? (Scalar)0.75 : name == "min" ? (Scalar)0.25 : self.is_floating_point() && name != "exponent" ? (Scalar)1.5 : (Scalar)2,
            _ when type == typeof(ScalarType?) => null,
            _ when type == typeof(RoundingMode) => method.EndsWith('_') ? RoundingMode.None : RoundingMode.floor,
            _ when type == typeof(bool) => parameter.HasDefaultValue && !name.StartsWith("return_") ? parameter.DefaultValue : true,
            _ when type == typeof(bool?) => null,
            _ when type == typeof(double) => parameter.HasDefaultValue ? parameter.DefaultValue : name switch { "from" => 0.0, "to" => 5.0, "p" => 0.5, _ => 1.0 },
            _ when type == typeof(float) => parameter.HasDefaultValue ? parameter.DefaultValue : 2f,
            _ when type == typeof(double?) => null,
            _ when type == typeof(long) => parameter.HasDefaultValue && name is not "decimals" ? parameter.DefaultValue : Number(method, name),
            _ when type == typeof(int) => parameter.HasDefaultValue ? parameter.DefaultValue : (int)Number(method, name),
            _ when type == typeof(long?) => name is "dim" or "dims" && self.ndim > 0 ? 0L : null,
            _ when type == typeof(int?) => null,
            _ when type == typeof(long[]) || type == typeof(ReadOnlySpan<long>) => List(method, name, self),
            _ when type == typeof((long, long)) => (0L, 1L),
            _ when type == typeof((long, long)?) => null,
            _ when type == typeof((long, long, long)) => (0L, 1L, 2L),
            _ => Unknown(),
        };
        return known;

        object? Unknown()
        {
            known = false;
            return null;
        }

        Tensor Add(Tensor tensor)
        {
            tensors.Add(tensor);
            return tensor;
        }
    }

    private static Tensor Other(string method, string name, Tensor self)
    {
        var first = self.ndim == 0 ? 1 : self.shape[0];
        return (method, name) switch
        {
            ("index_select" or "index_add" or "index_add_" or "index_copy" or "index_copy_" or "index_fill" or "index_fill_", "index") => arange(first).flip(0),
            (_, "index") => first == 0 ? zeros(self.shape, ScalarType.Int64) : zeros(self.shape, ScalarType.Int64).add(first - 1),
            ("take", _) => tensor(new long[] { 0, 1 }),
            (_, "mask" or "condition") => rand(self.shape).gt(0.5),
            ("addmv" or "addmv_", "mat" or "mat1") => first == 0 ? Values(self) : rand(first, first).to_type(self.dtype),
            ("addbmm" or "addbmm_", _) => self.ndim == 2 ? rand(2, first, first).to_type(self.dtype) : Values(self),
            ("mv" or "outer" or "ger" or "inner", _) => Values(Row(self)),
            ("addmv" or "addmv_", "vec" or "vec2" or "mat2") => Values(Row(self)),
            ("addr" or "addr_", _) => Values(Row(self)),
            ("quantile" or "nanquantile", _) => tensor(new[] { 0.25, 0.5 }).to_type(self.dtype),
            ("orgqr" or "ormqr", "tau") => Values(Row(self)),
            ("lu_solve", "LU_pivots") => ones([first], ScalarType.Int32),
            ("fake_quantize_per_channel_affine", "scale") => rand([first], ScalarType.Float32),
            ("fake_quantize_per_channel_affine", "zero_point") => ones([first], ScalarType.Int32),
            ("bucketize", _) => tensor(new[] { 0.2, 0.4, 0.8 }).to_type(self.dtype),
            (_, "repeats") => tensor(2L),
            ("select_scatter", _) => Values(Row(self)),
            ("diagonal_scatter", _) => Values(self.ndim > 1 ? self.diagonal() : self),
            _ => Values(self),
        };
    }

    private static Tensor Row(Tensor self) => self.ndim < 2 ? self : self.shape[0] > 0 ? self.select(0, 0) : zeros(self.shape[1..], self.dtype);

    private static Tensor Values(Tensor like) =>
        like.dtype == ScalarType.Bool ? rand(like.shape).gt(0.5)
        : like.is_floating_point() || like.is_complex() ? rand(like.shape, like.dtype)
        : randint(1, 5, like.shape.ToArray(), like.dtype);

    private static long Number(string method, string name) => name switch
    {
        "dim1" or "destination" or "to" => 1,
        "dim" or "dim0" or "start" or "source" or "index" or "from" or "dimension" => 0,
        "high" => 5,
        "finish" => 2,
        "size" when method is "split" or "tensor_split" or "hsplit" or "vsplit" or "dsplit" => 1,
        "size" or "chunks" or "repeats" or "p" or "n" => 2,
        _ => 1,
    };

    private static long[]? List(string method, string name, Tensor self) => (method, name) switch
    {
        ("reshape" or "view", _) => [-1],
        ("expand" or "broadcast_to", _) => [2, .. self.shape],
        ("repeat" or "tile", _) => [2, .. self.shape.Select(_ => 1L)],
        ("permute", _) => Enumerable.Range(0, (int)self.ndim).Select(i => (long)i).Reverse().ToArray(),
        ("split", "sizes") => self.ndim == 0 ? [1] : [self.shape[0] - 1, 1],
        ("unflatten", _) => self.ndim == 0 ? [1] : [self.shape[0], 1],
        ("as_strided", "size") => [2, 2],
        ("as_strided", _) => [1, 1],
        ("new_zeros" or "new_full" or "new_empty" or "new_ones", _) => [2, 2],
        _ => self.ndim == 0 ? [] : [0],
    };
}
