using System.Reflection;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>
/// Calls every method of Tensor that gives tensors, with arguments that fit its parameters, on several types and shapes, and compares what
/// comes out with Python's torch: values, types, shapes, gradients; and that both refuse the same calls.
/// </summary>
public class EveryTensorMethodTests
{
    // Of TorchSharp only: dispose scopes, and what Python's tensors have no method for (NotInPythonTests looks whether that is so).
    internal static readonly string[] OnlyHere =
    [
        "alias", "MoveToOuterDisposeScope", "DetachFromDisposeScope", "MoveToOtherDisposeScope", "DetatchFromDisposeScope", "with_requires_grad", "index", "slice",
    ];

    // Other devices than this machine has; the same test looks whether that is so.
    internal static readonly string[] OtherDevices = ["cuda"];

    // Called otherwise in Python: compared one by one in SpecialMethodsTests, which looks whether each is there and none too many.
    internal static readonly string[] Special =
    [
        "requires_grad_", "index_put_", "set_", "copy_", "where", "round", "round_", "to", "to_type", "type", "type_as", "stft", "istft", "new_empty", "empty_like", "random_",
    ];

    private static readonly string[] Elsewhere = [.. OnlyHere, .. OtherDevices, .. Special];

    [Fact]
    public void Every_method_of_a_tensor_does_what_it_does_in_python()
    {
        PythonTorch.SkipIfMissing();
        Comparison.WithPython("methods of Tensor", Cases(), atLeast: 300);
    }

    [Fact]
    public void Every_method_that_writes_in_place_writes_where_and_what_it_writes_in_python()
    {
        PythonTorch.SkipIfMissing();
        Comparison.WithPython("methods that write in place", InPlace(), atLeast: 110);
    }

    [Fact]
    public void No_method_is_forgotten()
    {
        var all = typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && GivesTensors(m)).Select(m => m.Name);
        var forgotten = all.Distinct().Except(Elsewhere).Except(Cases().Select(c => c.Method.Name)).ToList();
        Assert.True(forgotten.Count == 0, "neither compared nor on the list: " + string.Join(" ", forgotten));
    }

    private static bool GivesTensors(MethodInfo m) =>
        typeof(Tensor).IsAssignableFrom(m.ReturnType) || m.ReturnType.IsAssignableTo(typeof(IEnumerable<Tensor>)) || m.ReturnType.Name.StartsWith("ValueTuple");

    private static IEnumerable<OperatorCase> InPlace()
    {
        manual_seed(4);
        var inputs = Types.Append(ScalarType.ComplexFloat64).Select(type => (type + " [3,3]", Make([3, 3], type))).Append(("Float64 [4]", Make([4], ScalarType.Float64))).ToList();
        foreach (var method in Methods().Where(m => m.Name.EndsWith('_')))
        {
            foreach (var (name, input) in inputs)
            {
                foreach (var form in Enum.GetValues<SelfForm>())
                {
                    var grad = form is SelfForm.Made or SelfForm.Needed;
                    if (form == SelfForm.Itself || grad && input.dtype is not (ScalarType.Float64 or ScalarType.ComplexFloat64)) continue;
                    var tensors = new List<Tensor> { input };
                    if (Arguments.For(method, input, tensors) is { } arguments) yield return new(method, name, arguments, tensors, grad, form);
                }
            }
        }
    }

    private static IEnumerable<OperatorCase> Cases()
    {
        manual_seed(1);
        var inputs = Inputs().ToList();
        foreach (var method in Methods())
        {
            foreach (var (name, input) in inputs)
            {
                foreach (var grad in input.dtype is ScalarType.Float64 or ScalarType.ComplexFloat64 ? new[] { false, true } : [false])
                {
                    var tensors = new List<Tensor> { input };
                    if (Arguments.For(method, input, tensors) is not { } arguments) continue;
                    yield return new(method, name, arguments, tensors, grad);
                    foreach (var (shape, others, operands) in Arguments.Broadcast(arguments, tensors)) yield return new(method, $"{name} with {shape}", others, operands, grad);
                }
            }
        }
    }

    private static IEnumerable<MethodInfo> Methods() => typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && !Elsewhere.Contains(m.Name) && GivesTensors(m))
            .Where(m => m.GetParameters().All(p => p.Name is not ("dim0" or "rows") && !(m.Name is "hsplit" or "vsplit" or "dsplit" && p.ParameterType == typeof(Tensor)) && !(m.Name == "new_full" && p.ParameterType == typeof(long)) || m.Name is "transpose" or "transpose_" or "swapaxes" or "swapdims"));

    internal static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Bool];

    internal static IEnumerable<(string, Tensor)> Inputs()
    {
        foreach (var type in Types)
        {
            foreach (var shape in new long[][] { [3, 3], [2, 3, 3], [4], [], [0, 3], [3, 4, 2, 2] })
                yield return ($"{type} [{string.Join(",", shape)}]", Make(shape, type));
            yield return ($"{type} transposed [3,4]", Make([4, 3], type).transpose(0, 1));
        }

        foreach (var shape in new long[][] { [3, 3], [4], [] }) yield return ($"complex [{string.Join(",", shape)}]", Make(shape, ScalarType.ComplexFloat64));
        yield return ("complex transposed [3,4]", Make([4, 3], ScalarType.ComplexFloat32).transpose(0, 1));
    }

    internal static Tensor Make(long[] shape, ScalarType type) =>
        type == ScalarType.Bool ? rand(shape).gt(0.5) : is_floating_point(type) || is_complex(type) ? rand(shape, type) : randint(0, 6, shape, type);
}
