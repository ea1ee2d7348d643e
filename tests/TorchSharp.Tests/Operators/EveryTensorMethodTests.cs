using System.Reflection;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>
/// Calls every method of Tensor that gives tensors, with arguments that fit its parameters, on several types and shapes, and compares what
/// comes out with Python's torch: values, types, shapes, gradients; and that both refuse the same calls.
/// </summary>
public class EveryTensorMethodTests
{
    // Methods that Python has not, has under another shape of call, or whose results are not defined.
    private static readonly string[] Elsewhere =
    [
        "alias", "MoveToOuterDisposeScope", "DetachFromDisposeScope", "MoveToOtherDisposeScope", "index", "index_put_", "to", "to_type", "type", "type_as", "cuda",
        "with_requires_grad", "new_empty", "empty_like", "where", "set_", "copy_", "slice", "random_", "round", "round_", "DetatchFromDisposeScope", "requires_grad_",
        "equal", "mps", "bfloat16", "view_as_real",
    ];

    [Fact]
    public void Every_method_of_a_tensor_does_what_it_does_in_python()
    {
        PythonTorch.SkipIfMissing();
        Comparison.WithPython("methods of Tensor", Cases(), atLeast: 300);
    }

    private static IEnumerable<OperatorCase> Cases()
    {
        manual_seed(1);
        var inputs = Inputs().ToList();
        var methods = typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && !Elsewhere.Contains(m.Name) && (typeof(Tensor).IsAssignableFrom(m.ReturnType) || m.ReturnType == typeof(Tensor[]) || m.ReturnType.Name.StartsWith("ValueTuple")))
            .Where(m => m.GetParameters().All(p => !p.ParameterType.IsByRefLike && p.Name is not ("dim0" or "rows") && !(m.Name is "hsplit" or "vsplit" or "dsplit" && p.ParameterType == typeof(Tensor)) && !(m.Name == "new_full" && p.ParameterType == typeof(long)) || m.Name is "transpose" or "transpose_" or "swapaxes" or "swapdims"));
        foreach (var method in methods)
        {
            foreach (var (name, input) in inputs)
            {
                foreach (var grad in input.dtype == ScalarType.Float64 ? new[] { false, true } : [false])
                {
                    var tensors = new List<Tensor> { input };
                    if (Arguments.For(method, input, tensors) is { } arguments) yield return new(method, name, input, arguments, tensors, grad);
                }
            }
        }
    }

    internal static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Bool];

    internal static IEnumerable<(string, Tensor)> Inputs()
    {
        foreach (var type in Types)
        {
            foreach (var shape in new long[][] { [3, 3], [2, 3, 3], [4], [], [0, 3], [3, 4, 2, 2] })
                yield return ($"{type} [{string.Join(",", shape)}]", Make(shape, type));
            yield return ($"{type} transposed [3,4]", Make([4, 3], type).transpose(0, 1));
        }
    }

    internal static Tensor Make(long[] shape, ScalarType type) =>
        type == ScalarType.Bool ? rand(shape).gt(0.5) : is_floating_point(type) ? rand(shape, type) : randint(0, 6, shape, type);
}
