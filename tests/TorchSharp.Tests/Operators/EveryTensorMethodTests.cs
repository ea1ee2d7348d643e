using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>
/// Calls every method of Tensor that gives tensors, with arguments that fit its parameters, on several types and shapes, and compares what
/// comes out with Python's torch: values, types, shapes, gradients; and that both refuse the same calls.
/// </summary>
public class EveryTensorMethodTests(ITestOutputHelper output)
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
        var cases = Cases().ToList();
        var answers = PythonTorch.Run("operators.py", cases.Select(c => c.ToJson()));
        Assert.Equal(cases.Count, answers.Length);

        var wrong = new List<string>();
        var done = new Dictionary<string, int>();
        foreach (var (@case, answer) in cases.Zip(answers))
        {
            if (Compare(@case, JsonNode.Parse(answer)!, out var compared) is { } difference) wrong.Add($"{@case}: {difference}");
            done[@case.Method.Name] = done.GetValueOrDefault(@case.Method.Name) + (compared ? 1 : 0);
        }

        output.WriteLine($"{cases.Count} calls of {done.Count} methods; compared {done.Values.Sum()}; never succeeded: {string.Join(" ", done.Where(d => d.Value == 0).Select(d => d.Key))}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n" + string.Join("\n", wrong.GroupBy(w => w.Split('(')[0]).SelectMany(g => g.Take(2)).Take(150)));
        Assert.True(done.Count(d => d.Value > 0) > 300, "too few methods were compared");
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

    private static IEnumerable<(string, Tensor)> Inputs()
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Bool })
        {
            foreach (var shape in new long[][] { [3, 3], [2, 3, 3], [4], [], [0, 3], [3, 4, 2, 2] })
                yield return ($"{type} [{string.Join(",", shape)}]", Make(shape, type));
            yield return ($"{type} transposed [3,4]", Make([4, 3], type).transpose(0, 1));
        }
    }

    private static Tensor Make(long[] shape, ScalarType type) =>
        type == ScalarType.Bool ? rand(shape).gt(0.5) : is_floating_point(type) ? rand(shape, type) : randint(0, 6, shape, type);

    private static string? Compare(OperatorCase @case, JsonNode answer, out bool compared)
    {
        compared = false;
        using var scope = NewDisposeScope();
        var refused = answer["error"]?.GetValue<string>();
        List<Tensor> results;
        List<Tensor?>? grads;
        try
        {
            (results, grads) = @case.Run();
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            if (e.Message.Contains("INTERNAL ASSERT") || e.Message.Contains("report a bug", StringComparison.OrdinalIgnoreCase)) return "speaks of a bug: " + e.Message;
            return refused is null ? $"throws here only: {e.Message}" : null;
        }

        if (refused is not null) return $"throws in Python only: {refused}";
        compared = true;
        var expected = answer["results"]!.AsArray();
        if (expected.Count != results.Count) return $"gives {results.Count} results instead of {expected.Count}";
        for (var i = 0; i < results.Count; i++)
            if (Difference(results[i], expected[i]!) is { } d) return $"result {i} {d}";

        if (@case.Self.dtype is ScalarType.Float64 or ScalarType.Int64 && @case.Free is not null)
        {
            var free = @case.RunFree();
            for (var i = 0; i < results.Count; i++)
                if (Difference(free[i], expected[i]!) is { } d) return $"as a free function: result {i} {d}";
        }

        if (grads is null) return null;
        var expectedGrads = answer["grads"]!.AsArray();
        for (var i = 0; i < grads.Count; i++)
        {
            if ((grads[i] is null) != (expectedGrads[i] is null)) return $"gradient {i} is {(grads[i] is null ? "missing" : "too much")}";
            if (grads[i] is { } grad && Difference(grad, expectedGrads[i]!) is { } d) return $"gradient {i} {d}";
        }

        return null;
    }

    private static string? Difference(Tensor found, JsonNode expected)
    {
        var type = expected["dtype"]!.GetValue<string>();
        if (found.dtype.ToString() != type) return $"is {found.dtype} instead of {type}";
        var shape = expected["shape"]!.AsArray().Select(s => s!.GetValue<long>()).ToArray();
        if (!found.shape.SequenceEqual(shape)) return $"has the shape [{string.Join(",", found.shape)}] instead of [{string.Join(",", shape)}]";
        if (found.numel() == 0) return null;
        var right = zeros(shape, found.dtype);
        right.bytes = Convert.FromBase64String(expected["data"]!.GetValue<string>());
        var plain = found.detach().resolve_conj().resolve_neg().clone().contiguous();
        if (plain.bytes.SequenceEqual(right.bytes)) return null;
        return plain.allclose(right, 1e-6, 1e-9, equal_nan: true) ? null : $"is {plain.npstr()} instead of {right.npstr()}";
    }
}
