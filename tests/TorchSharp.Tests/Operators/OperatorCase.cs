using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Operators;

/// <summary>One call of a method of Tensor, here and in Python.</summary>
internal sealed class OperatorCase(MethodInfo method, string shapeName, object?[] arguments, List<Tensor> tensors, bool grad, SelfForm form = SelfForm.Itself) : ComparedCall
{
    // What Python calls otherwise. Names that are not here are the same, and go by place unless they stand below.
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["keepdim"] = "keepdim", ["type"] = "dtype", ["dtype"] = "dtype", ["unbiased"] = "unbiased", ["alpha"] = "alpha", ["value"] = "value", ["beta"] = "beta",
        ["stable"] = "stable", ["descending"] = "descending", ["rounding_mode"] = "rounding_mode", ["decimals"] = "decimals", ["dims"] = "dims",
        ["return_inverse"] = "return_inverse", ["return_counts"] = "return_counts", ["correction"] = "correction", ["equal_nan"] = "equal_nan",
    };

    public MethodInfo Method => method;

    public override string Name => method.Name;

    private bool Functional => method.DeclaringType == typeof(nn.functional);

    // The first parameter of a function is what a method is called on.
    private ParameterInfo[] Parameters => OnTensor && method.IsStatic ? method.GetParameters()[1..] : method.GetParameters();

    private bool OnTensor => !method.IsStatic || method.GetParameters()[0].ParameterType == typeof(Tensor);

    public override string ToString() => $"{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name + " " + p.Name))}) on {shapeName}{(form == SelfForm.Itself ? "" : $" as {form}")}{(grad ? " with gradient" : "")}";

    public override string ToJson()
    {
        JsonArray args = [];
        JsonObject kwargs = [];
        foreach (var (parameter, value) in Parameters.Zip(arguments))
        {
            if (Functional)
            {
                if ((value is not null || parameter.Name!.StartsWith("running_")) && FunctionalKeyword(parameter.Name!) is { } named) kwargs[named] = value is null ? null : named == "pad" && value is long ? new JsonArray(Value(value), Value(value)) : Value(value);
                continue;
            }

            if (value is null || parameter.Name is "isImplicit" or "assumeUnique" or "N") continue;
            if (parameter.ParameterType == typeof(RoundingMode))
            {
                if ((RoundingMode)value != RoundingMode.None) kwargs["rounding_mode"] = value.ToString();
            }
            else if (method.Name is "block_diag" or "cartesian_prod" or "broadcast_tensors" or "chain_matmul" or "einsum" && value is Tensor[] list)
            {
                foreach (var t in list) args.Add(Value(t));
            }
            else if (Keyword(parameter.Name!) is { } keyword) kwargs[keyword] = Value(value);
            else args.Add(Value(value));
        }

        return new JsonObject
        {
            ["home"] = Functional ? "functional" : method.IsStatic ? "torch" : "Tensor", ["free"] = !OnTensor, ["method"] = PythonName(method.Name), ["args"] = args, ["kwargs"] = kwargs, ["grad"] = grad, ["form"] = form.ToString(),
            ["tensors"] = new JsonArray(tensors.Select(t => (JsonNode)Write(t)).ToArray()),
        }.ToJsonString();
    }

    private string? Keyword(string name) => (method.Name, name) switch
    {
        (_, "dx" or "increasing" or "sparse_grad" or "indexing" or "out_int32") => name,
        ("searchsorted", "right") => name,
        ("norm", "dimension") => "dim",
        ("trapz" or "trapezoid" or "cumulative_trapezoid", "dim") => "dim",
        ("bucketize", "outInt32") => "out_int32",
        ("bucketize" or "isin" or "pinverse", "right" or "invert" or "rcond" or "hermitian") => name,
        ("norm" or "aminmax" or "slice_scatter" or "bincount" or "repeat_interleave" or "sort", _) => name,
        ("flip" or "tile" or "permute" or "amax" or "amin", _) => null,
        ("count_nonzero" or "roll", _) => name == "dims" && method.Name == "count_nonzero" ? "dim" : null,
        ("sum" or "mean" or "std" or "var" or "std_mean" or "var_mean", "dim" or "dimensions") => "dim",
        ("full_like" or "new_full" or "masked_scatter" or "masked_scatter_" or "masked_fill" or "masked_fill_" or "full" or "index_fill" or "index_fill_" or "fill_", "value") => null,
        ("celu" or "celu_" or "elu" or "elu_" or "softplus" or "threshold", _) => null,
        ("nanmean" or "cumsum" or "cumprod" or "softmax" or "log_softmax", "dim") => null,
        _ => Keywords.GetValueOrDefault(name),
    };

    // Functions of nn.functional take everything by keyword. Python's have no in-place form of these.
    private string? FunctionalKeyword(string name) => (method.Name, name) switch
    {
        ("sigmoid" or "tanh" or "gelu" or "softsign" or "tanhshrink", "inplace") => null,
        ("pairwise_distance", "input2") => "x2",
        ("pad", "value") => arguments[1] is PaddingModes.Constant ? name : null,
        (_, "strides") => "stride",
        (_, "weights") => "weight",
        (_, "pos_weights") => "pos_weight",
        (_, "lambda") => "lambd",
        (_, "outputSize") => "size",
        (_, "scaleFactor") => "scale_factor",
        _ => name,
    };

    private string PythonName(string name) => (name, arguments.Length) switch
    {
        // TorchSharp's compares element by element.
        ("equal", _) => "eq",
        ("arctan", 1) => "arctan2",
        ("arctan_", 1) => "arctan2_",
        _ => name,
    };

    private JsonNode? Value(object value) => value switch
    {
        Tensor t => new JsonObject { ["tensor"] = tensors.FindIndex(x => ReferenceEquals(x, t)) },
        Tensor[] list => new JsonArray(list.Select(Value).ToArray()),
        Scalar s => s.Type == ScalarType.Int64 ? JsonValue.Create(s.ToInt64()) : JsonNode.Parse(s.ToDouble().ToString("0.0####")),
        ScalarType t => new JsonObject { ["dtype"] = t.ToString() },
        Reduction or PaddingModes => value.ToString()!.ToLowerInvariant(),
        Size size => Value(size.ToArray()),
        long[] list => new JsonArray(list.Select(v => (JsonNode)JsonValue.Create(v)).ToArray()),
        System.Runtime.CompilerServices.ITuple tuple => new JsonArray(Enumerable.Range(0, tuple.Length).Select(i => (JsonNode)JsonValue.Create((long)tuple[i]!)).ToArray()),
        // So that Python sees a fraction.
        float or double => JsonNode.Parse(Convert.ToDouble(value).ToString("0.0#################")),
        _ => JsonSerializer.SerializeToNode(value),
    };

    private static JsonObject Write(Tensor t)
    {
        var transposed = !t.is_contiguous();
        var plain = transposed ? t.transpose(0, 1) : t;
        return new JsonObject
        {
            ["dtype"] = t.dtype.ToString(), ["shape"] = JsonSerializer.SerializeToNode(plain.shape), ["transposed"] = transposed,
            ["data"] = Convert.ToBase64String(plain.contiguous().bytes),
        };
    }

    /// <summary>What comes out here; the inputs are copied first, since the method may change them.</summary>
    public override (List<Tensor> Results, List<Tensor?>? Grads) Run()
    {
        var copies = tensors.ConvertAll(t => t.clone().requires_grad_(grad && (t.is_floating_point() || t.is_complex())));
        var call = arguments.Select(Own).ToArray();
        manual_seed(7);
        var (self, under) = InForm(copies[0]);
        var kept = form == SelfForm.Needed ? self * self : null;
        var results = Flat(SpanCall.Invoke(method, method.IsStatic ? null : self, method.IsStatic && OnTensor ? [self, .. call] : call)).ToList();
        if (under is not null)
        {
            // What the written memory holds now, whether the result lies in it, and what autograd counts.
            var alias = results[0];
            results.AddRange([under, tensor(SameMemory(alias, self)), tensor(Version.Int(self)), tensor(Version.Int(alias))]);
        }

        if (!grad) return (results, null);
        if (kept is not null) results.Add(kept);
        var sources = results.Where(r => r.requires_grad).ToList();
        if (sources.Count > 0) sources.Select(s => (s.is_complex() ? s.view_as_real() : s).sum()).Aggregate((a, b) => a + b).backward();
        return (results, copies.ConvertAll(c => c.grad));

        object? Own(object? a) => a switch
        {
            Tensor t => copies[tensors.FindIndex(x => ReferenceEquals(x, t))],
            Tensor[] list => Array.ConvertAll(list, t => (Tensor)Own(t)!),
            _ => a,
        };
    }

    private static readonly Interop.Operator Version = new("_version");

    private static unsafe bool SameMemory(Tensor a, Tensor b) => a.Data == b.Data;

    private (Tensor Self, Tensor? Under) InForm(Tensor t)
    {
        switch (form)
        {
            case SelfForm.Itself: return (t, null);
            case SelfForm.Whole: return (t, t);
            case SelfForm.EverySecond:
                var both = stack([t, t], -1);
                return (both.select(-1, 0), both);
            case SelfForm.Expanded:
                var row = t.narrow(0, 0, 1).clone();
                return (row.expand(t.shape), row);
            default:
                var copy = t.clone();
                return (copy, copy);
        }
    }
}
