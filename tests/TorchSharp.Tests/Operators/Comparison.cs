using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Does calls here and in Python and compares what comes out: values, types, shapes, gradients; and that both refuse the same calls.</summary>
internal static class Comparison
{
    /// <summary>Those calls that both refused.</summary>
    public static HashSet<ComparedCall> WithPython(string what, IEnumerable<ComparedCall> calls, int atLeast)
    {
        var cases = calls.ToList();
        var answers = PythonTorch.Run("operators.py", cases.Select(c => c.ToJson()));
        Assert.Equal(cases.Count, answers.Length);

        var wrong = new List<string>();
        var refused = new HashSet<ComparedCall>();
        var done = new Dictionary<string, int>();
        foreach (var (@case, answer) in cases.Zip(answers))
        {
            if (Compare(@case, JsonNode.Parse(answer)!, out var compared) is { } difference) wrong.Add($"{@case}: {difference}");
            if (!compared) refused.Add(@case);
            done[@case.Name] = done.GetValueOrDefault(@case.Name) + (compared ? 1 : 0);
        }

        var never = string.Join(" ", done.Where(d => d.Value == 0 && d.Key.Length < 40).Select(d => d.Key));
        Console.WriteLine($"Compared with Python: {cases.Count} calls of {done.Count} {what}; {done.Values.Sum()} gave results, the others were refused by both{(never == "" ? "" : $" ({never} always)")}.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n" + string.Join("\n", wrong.GroupBy(w => w.Split('(')[0]).SelectMany(g => g.Take(2)).Take(150)));
        Assert.True(done.Count(d => d.Value > 0) >= atLeast, $"only {done.Count(d => d.Value > 0)} {what} were compared; refused by both: {never}");
        return refused;
    }

    private static string? Compare(ComparedCall @case, JsonNode answer, out bool compared)
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
