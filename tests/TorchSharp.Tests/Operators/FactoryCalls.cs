using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Calls of every overload that makes a tensor out of no tensor, and what they are in Python.</summary>
internal static class FactoryCalls
{
    private static readonly string[] FromArrays = ["tensor", "as_tensor", "from_array", "frombuffer"];

    public static IEnumerable<MethodInfo> Methods() => typeof(torch).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && !m.IsGenericMethod && m.ReturnType == typeof(Tensor) && !m.GetParameters().Any(p => p.ParameterType.IsByRef || OfTensors(p.ParameterType)))
        // Reads a file; runs a function.
        .Where(m => m.Name is not ("load" or "WrappedTensorDisposeScope"));

    private static bool OfTensors(Type type) =>
        type == typeof(Tensor) || type == typeof(Tensor[]) || type.IsGenericType && type.GetGenericArguments()[0] == typeof(Tensor) || type == typeof(object);

    public static IEnumerable<Expression> All() => Methods().SelectMany(m => FromArrays.Contains(m.Name) ? OfArrays(m) : OfNumbers(m));

    private static IEnumerable<Expression> OfNumbers(MethodInfo method)
    {
        foreach (var type in new ScalarType?[] { null, ScalarType.Float64, ScalarType.Float32, ScalarType.Int64 })
        {
            foreach (var whole in new[] { true, false })
            {
                foreach (var optional in new[] { true, false })
                {
                    var parameters = method.GetParameters();
                    var values = Array.ConvertAll(parameters, p => p.HasDefaultValue && (!optional || p.Name is "device" or "requires_grad" or "generator" or "names" || p.Name == "dtype" && type is null) ? Default(p) : p.Name == "dtype" ? type : Number(p, whole));
                    var python = Python(method, parameters, values);
                    if (method.GetParameters().Any(p => p.Name == "dtype" && !optional) && type is not null) continue;
                    yield return new(python, () => Made(method, values), $"{method}");
                }
            }
        }
    }

    private static Tensor Made(MethodInfo method, object?[] values)
    {
        var made = (Tensor)SpanCall.Invoke(method, null, values)!;
        // What an empty tensor holds is what happens to be in memory.
        return method.Name.StartsWith("empty") ? made.zero_() : made;
    }

    private static object? Default(ParameterInfo p) => p.DefaultValue is { } value && Nullable.GetUnderlyingType(p.ParameterType) is null && p.ParameterType.IsEnum ? Enum.ToObject(p.ParameterType, value) : p.DefaultValue;

    private static object? Number(ParameterInfo parameter, bool whole)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        double number = parameter.Name switch
        {
            "start" or "low" => whole ? 1 : 0.5,
            "stop" or "end" or "high" => whole ? 9 : 7.25,
            "step" => whole ? 2 : 0.75,
            "steps" or "n" or "len" => whole ? 5 : 8,
            "base" => 2,
            "rows" or "row" or "dim0" => 2,
            "columns" or "col" or "dim1" => 3,
            "dim2" or "dim3" => 2,
            "size" => 4,
            "offset" => whole ? 1 : -1,
            "value" or "mean" => whole ? 2 : 1.25,
            "std" or "alpha" or "beta" => 0.5,
            "real" or "imaginary" => 1.5,
            _ => 1,
        };
        return type switch
        {
            _ when type == typeof(Scalar) => number == Math.Floor(number) ? (Scalar)(long)number : (Scalar)number,
            _ when type == typeof(bool) => whole,
            _ when type == typeof(long[]) || type == typeof(ReadOnlySpan<long>) => new long[] { 2, 3 },
            _ when type == typeof(int[]) => new[] { 2, 3 },
            _ when type == typeof(Size) => new Size(new long[] { 2, 3 }),
            _ when type == typeof(ScalarType) => ScalarType.Int32,
            _ when type == typeof(Complex) => new Complex(1.5, -2),
            _ when type == typeof((float, float)) => (1.5f, -2f),
            _ when type == typeof((double, double)) => (1.5, -2.0),
            _ => Convert.ChangeType(number, type, CultureInfo.InvariantCulture),
        };
    }

    private static string Python(MethodInfo method, ParameterInfo[] parameters, object?[] values)
    {
        var arguments = new List<string>();
        var keywords = new List<string>();
        var sizes = new List<string>();
        var sizesAt = 0;
        foreach (var (parameter, value) in parameters.Zip(values))
        {
            if (parameter.Name is "device" or "requires_grad" or "generator" or "names" || value is null) continue;
            if (parameter.Name == "dtype") keywords.Add("dtype=" + Name((ScalarType)value));
            else if (parameter.Name is "rows" or "columns" or "size" or "dim0" or "dim1" or "dim2" or "dim3" && value is int or long && method.Name != "eye")
            {
                if (sizes.Count == 0) sizesAt = arguments.Count;
                sizes.Add(Text(value));
            }
            else if (parameter.Name == "columns" && value is -1L) continue;
            else arguments.Add(value is long[] or int[] or Size ? "[2, 3]" : Text(value));
        }

        if (sizes.Count > 0) arguments.Insert(sizesAt, $"[{string.Join(", ", sizes)}]");
        return $"torch.{method.Name}({string.Join(", ", arguments.Concat(keywords))})" + (method.Name.StartsWith("empty") ? ".zero_()" : "");
    }

    private static string Text(object value) => value switch
    {
        bool b => b ? "True" : "False",
        float f => ((double)f).ToString("R", CultureInfo.InvariantCulture),
        Scalar { Type: ScalarType.Int64 } s => s.ToInt64().ToString(CultureInfo.InvariantCulture),
        Scalar s => s.ToDouble().ToString("R", CultureInfo.InvariantCulture),
        double d => d.ToString("0.0##############", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public static string Name(ScalarType type) => "torch." + type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLowerInvariant(),
    };

    // Every overload with an array, a list, memory or a single value of every type of element, at the shapes that it takes.
    private static IEnumerable<Expression> OfArrays(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var type = parameters[0].ParameterType;
        foreach (var element in type == typeof(Array) ? new[] { typeof(float), typeof(long), typeof(bool), typeof(Complex) } : [Element(type)])
        {
            var single = type == element;
            var pair = single && parameters.Length > 1 && parameters[1].Name == "imaginary";
            var dims = parameters.Count(p => p.Name is "rows" or "columns" or "dim0" or "dim1" or "dim2" or "dim3");
            long[] shape = single ? [] : dims > 0 ? [2, 3, 1, 2, .. Array.Empty<long>()] : parameters.Any(p => p.Name == "dimensions") ? [3, 1, 2] : [6];
            if (dims > 0) shape = shape[..dims];
            if (type.IsArray) shape = type.GetArrayRank() == 1 && dims == 0 && shape.Length == 1 ? [6] : type.GetArrayRank() > 1 ? new long[] { 2, 3, 1, 2 }[..type.GetArrayRank()] : shape;
            foreach (var wanted in new ScalarType?[] { null, ScalarType.Float64, ScalarType.ComplexFloat64 })
            {
                if (wanted is not null && (method.Name == "frombuffer" || !parameters.Any(p => p.Name == "dtype"))) continue;
                var values = Values(element, shape.Aggregate(1L, (a, b) => a * b));
                var next = 0;
                var arguments = Array.ConvertAll(parameters, p => p switch
                {
                    { Position: 0 } => single ? values.GetValue(0) : Hold(p.ParameterType, values, shape),
                    _ when pair && p.Position == 1 => Convert.ChangeType(-2.0, element, CultureInfo.InvariantCulture),
                    { Name: "dimensions" } => shape,
                    { Name: "rows" or "columns" or "dim0" or "dim1" or "dim2" or "dim3" } => shape[next++],
                    { Name: "dtype" } when method.Name == "frombuffer" => TypeOf(element),
                    { Name: "dtype" } => wanted,
                    _ => Default(p),
                });
                var list = string.Join(", ", values.Cast<object>().Select(v => pair ? $"complex({Text(v)}, -2.0)" : Literal(v)));
                var from = pair ? element == typeof(float) ? "torch.complex64" : "torch.complex128" : Name(TypeOf(element));
                yield return new($"torch.tensor([{list}], dtype={from}).reshape({(shape.Length == 0 ? "[]" : $"[{string.Join(", ", shape)}]")}){(wanted is { } w ? $".to({Name(w)})" : "")}",
                    () => SpanCall.Invoke(method, null, arguments), method.ToString()!);
            }
        }
    }

    private static Type Element(Type type) => type.IsArray ? type.GetElementType()! : type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IList<>) || type.GetGenericTypeDefinition() == typeof(Memory<>)) ? type.GetGenericArguments()[0] : type;

    private static ScalarType TypeOf(Type element) => element == typeof((double, double)) ? ScalarType.ComplexFloat64 : ElementType.Require(element);

    private static Array Values(Type element, long count)
    {
        var values = Array.CreateInstance(element, count);
        for (var i = 0; i < count; i++)
        {
            values.SetValue(element switch
            {
                _ when element == typeof(bool) => i % 2 == 0,
                _ when element == typeof(Half) => (Half)(i + 0.5),
                _ when element == typeof(Complex) => new Complex(i + 1, -i),
                _ when element == typeof((float, float)) => (i + 1f, -(float)i),
                _ when element == typeof((double, double)) => (i + 1.0, -(double)i),
                _ => Convert.ChangeType(i + 1, element, CultureInfo.InvariantCulture),
            }, i);
        }

        return values;
    }

    private static object Hold(Type type, Array values, long[] shape)
    {
        if (type.IsGenericType) return Activator.CreateInstance(type.GetGenericTypeDefinition() == typeof(IList<>) ? typeof(List<>).MakeGenericType(type.GetGenericArguments()) : type, values)!;
        if (!type.IsArray || type.GetArrayRank() == 1) return values;
        var many = Array.CreateInstance(type.GetElementType()!, shape);
        var at = 0;
        foreach (var place in Places(shape)) many.SetValue(values.GetValue(at++), place);
        return many;
    }

    private static IEnumerable<long[]> Places(long[] shape) =>
        shape.Aggregate((IEnumerable<long[]>)[[]], (places, size) => places.SelectMany(p => Enumerable.Range(0, (int)size).Select(i => (long[])[.. p, i])));

    private static string Literal(object value) => value switch
    {
        Complex c => $"complex({Text(c.Real)}, {Text(c.Imaginary)})",
        (float a, float b) => $"complex({Text(a)}, {Text(b)})",
        (double a, double b) => $"complex({Text(a)}, {Text(b)})",
        Half h => ((double)h).ToString(CultureInfo.InvariantCulture),
        _ => Text(value),
    };
}
