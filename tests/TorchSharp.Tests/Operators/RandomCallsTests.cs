using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Whatever the arguments are, a call gives a result or an exception with a sentence; the process lives on.</summary>
public class RandomCallsTests
{
    // Small, or so big that they are refused: nothing between, which would be granted and fill the machine's memory.
    private static readonly long[] Hostile = [0, -1, 7, 12, -100, long.MaxValue, long.MinValue];
    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Bool, ScalarType.Byte, ScalarType.ComplexFloat32, ScalarType.Float16];

    // Those that change what all tests share, or write files.
    private static readonly string[] NotCalled =
    [
        "set_num_threads", "set_num_interop_threads", "UnsafeCreateTensor", "DecoupleFromNativeHandle", "set_default_device", "set_default_dtype", "NewDisposeScope",
        "inference_mode", "no_grad", "enable_grad", "set_grad_enabled", "set_printoptions", "set_TensorStringStyle", "frombuffer", "save", "load", "Load", "WriteBytesToStream", "ReadBytesFromStream",
    ];

    private readonly Random random = new(20261122);

    [Fact]
    public void Random_arguments_end_in_a_result_or_in_a_sentence()
    {
        MethodInfo[] methods =
        [
            .. new[] { typeof(Tensor), typeof(torch), typeof(nn.functional) }
                .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(m => !NotCalled.Contains(m.Name) && !m.IsGenericMethod && !m.ReturnType.IsByRefLike && m.GetParameters().All(p => !p.ParameterType.IsByRefLike && !p.ParameterType.IsByRef)),
        ];
        int done = 0, refused = 0;
        for (var i = 0; i < 4000; i++)
        {
            using var scope = NewDisposeScope();
            var method = methods[random.Next(methods.Length)];
            var arguments = method.GetParameters().Select(Argument).ToArray();
            try
            {
                var result = method.Invoke(method.IsStatic ? null : Some(), arguments);
                done++;
                if (result is Tensor { IsInvalid: false } tensor) Assert.NotEmpty(tensor.str());
            }
            catch (TargetInvocationException e)
            {
                refused++;
                var error = e.InnerException!;
                Assert.True(error is ExternalException or ArgumentException or InvalidOperationException or NotSupportedException
                    or FormatException or IndexOutOfRangeException, $"{method}: {error}");
                Assert.DoesNotContain("INTERNAL ASSERT", error.Message);
                Assert.DoesNotContain("report a bug", error.Message, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.True(done > 1000 && refused > 1000, $"{done} calls succeeded, {refused} were refused: the arguments are not mixed enough");
    }

    private long Number() => random.Next(4) == 0 ? Hostile[random.Next(Hostile.Length)] : random.Next(-2, 4);

    private double Fraction() => random.Next(7) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => -1e300, 3 => 0, 4 => -0.5, _ => random.NextDouble() * 3 };

    private long[] Numbers() => Enumerable.Range(0, random.Next(5)).Select(_ => Number()).ToArray();

    private Tensor Some()
    {
        var shape = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(6) == 0 ? 0L : random.Next(1, 5)).ToArray();
        var type = Types[random.Next(3) > 0 ? random.Next(4) : random.Next(Types.Length)];
        var made = is_integral(type) ? randint(0, type == ScalarType.Bool ? 2 : 8, shape, ScalarType.Int64).to_type(type) : (randn(shape) * 2).to_type(type);
        if (shape.Length > 1 && random.Next(4) == 0) made = made.transpose(0, 1);
        return is_floating_point(type) && random.Next(6) == 0 ? made.detach().requires_grad_() : made;
    }

    private object? Argument(ParameterInfo parameter)
    {
        if (parameter.HasDefaultValue && random.Next(2) == 0) return parameter.DefaultValue;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type switch
        {
            _ when type == typeof(Tensor) => random.Next(40) == 0 ? null : Some(),
            _ when type == typeof(Tensor[]) => Enumerable.Range(0, random.Next(4)).Select(_ => Some()).ToArray(),
            _ when type == typeof(IList<Tensor>) || type == typeof(IEnumerable<Tensor>) => Enumerable.Range(0, random.Next(4)).Select(_ => Some()).ToList(),
            _ when type == typeof(long) => Number(),
            _ when type == typeof(int) => (int)Math.Clamp(Number(), -100, 12),
            _ when type == typeof(double) => Fraction(),
            _ when type == typeof(float) => (float)Fraction(),
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(Scalar) => random.Next(2) == 0 ? (Scalar)Number() : (Scalar)Fraction(),
            _ when type == typeof(long[]) => Numbers(),
            _ when type == typeof((long, long)) => (Number(), Number()),
            _ when type == typeof((long, long, long)) => (Number(), Number(), Number()),
            _ when type == typeof(string) => random.Next(2) == 0 ? "ij,jk->ik" : "x",
            _ when type == typeof(Size) => new Size(Numbers()),
            _ when type == typeof(TensorIndex[]) => Enumerable.Range(0, random.Next(4)).Select(_ => Index()).ToArray(),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length)),
            _ => type.IsValueType ? Activator.CreateInstance(type) : null,
        };
    }

    private TensorIndex Index() => random.Next(6) switch
    {
        0 => TensorIndex.Single(Number()),
        1 => TensorIndex.Slice(Number(), Number(), Math.Max(1, Number())),
        2 => TensorIndex.Ellipsis,
        3 => TensorIndex.None,
        4 => TensorIndex.Tensor(Some()),
        _ => TensorIndex.Bool(random.Next(2) == 0),
    };
}
