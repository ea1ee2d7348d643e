using System.Reflection;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Compares every function of torch and of nn.functional with Python's.</summary>
public class EveryFunctionTests
{
    // Python has softmax2d as a module only, and asks a type whether it is whole. SpecialMethodsTests looks whether that is so.
    internal static readonly string[] NotInPython = ["softmax2d", "is_integral"];

    // Constructors of old tensor types, what happens to be in memory, what writes to its only tensor: compared line by line in SpecialMethodsTests.
    internal static readonly string[] Special =
        ["BoolTensor", "ByteTensor", "DoubleTensor", "FloatTensor", "IntTensor", "LongTensor", "ShortTensor", "empty_like", "randperm"];

    [Fact]
    public void Every_function_of_nn_functional_does_what_it_does_in_python()
    {
        PythonTorch.SkipIfMissing();
        Comparison.WithPython("functions of nn.functional", Functional(), atLeast: 75);
    }

    [Fact]
    public void Every_function_of_torch_on_tensors_does_what_it_does_in_python()
    {
        PythonTorch.SkipIfMissing();
        var cases = Free().ToList();
        var forgotten = FreeMethods().Select(m => m.Name).Except(cases.Select(c => c.Method.Name));
        Assert.True(!forgotten.Any(), "no case for " + string.Join(" ", forgotten));
        Comparison.WithPython("functions of torch", cases, atLeast: 300);
    }

    private static IEnumerable<MethodInfo> FreeMethods() => typeof(torch).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && !m.IsGenericMethod && !Special.Contains(m.Name) && !NotInPython.Contains(m.Name) && m.ReturnType != typeof(void) && !m.GetParameters().Any(p => p.ParameterType.IsByRef)
            // Python's take lists where TorchSharp's take tensors too.
            && !(m.Name is "hsplit" or "vsplit" or "dsplit" && m.GetParameters()[1].ParameterType == typeof(Tensor))
            && m.GetParameters().Any(p => p.ParameterType == typeof(Tensor) || p.ParameterType == typeof(ReadOnlySpan<Tensor>) || p.ParameterType.IsAssignableFrom(typeof(Tensor[])) && p.ParameterType != typeof(object) && p.ParameterType != typeof(Array)));

    private static IEnumerable<OperatorCase> Free()
    {
        manual_seed(3);
        foreach (var method in FreeMethods())
        {
            foreach (var (name, input) in EveryTensorMethodTests.Inputs())
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

    private static IEnumerable<OperatorCase> Functional()
    {
        manual_seed(2);
        var methods = typeof(nn.functional).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && !NotInPython.Contains(m.Name) && !ShapedFunctionsTests.Has(m) && !m.GetParameters().Any(p => p.ParameterType.IsByRefLike));
        foreach (var method in methods)
        {
            for (var variant = 0; variant < (method.GetParameters().Length > 1 ? FunctionalArguments.Variants : 1); variant++)
            {
                foreach (var (name, input) in FunctionalArguments.Inputs(method.Name))
                {
                    foreach (var grad in input.dtype == ScalarType.Float64 ? new[] { false, true } : [false])
                    {
                        var tensors = new List<Tensor> { input };
                        var arguments = FunctionalArguments.For(method, input, tensors, variant);
                        if (Unlike(method, input, arguments, grad)) continue;
                        yield return new(method, $"{name}, variant {variant}", arguments, tensors, grad);
                    }
                }
            }
        }
    }

    private static bool Unlike(MethodInfo method, Tensor input, object?[] arguments, bool grad)
    {
        var inplace = Array.FindIndex(method.GetParameters(), p => p.Name == "inplace") is > 0 and var place && arguments[place - 1] is true;
        return method.Name switch
        {
            // Python's have no form that works in place, and so nothing to refuse under autograd; the values are compared all the same.
            "sigmoid" or "tanh" or "gelu" or "softsign" or "tanhshrink" => inplace && (grad || !input.is_floating_point()),
            // libtorch gives what happens to be in memory.
            "multi_margin_loss" => input.numel() == 0,
            _ => false,
        };
    }
}
