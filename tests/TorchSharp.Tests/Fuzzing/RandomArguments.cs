using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Fuzzing;

/// <summary>Arguments for an operator: mostly of the kind that its schema wants, seldom sensible.</summary>
internal sealed class RandomArguments(Random random)
{
    private static readonly long[] Numbers = [0, 0, 1, 1, 1, 2, 2, 3, 4, 5, -1, -1, -2, -3, 7, 64, 1000, 1L << 31, -(1L << 31), 1L << 40, 1L << 62, long.MaxValue, long.MinValue];
    private static readonly double[] Fractions = [0, 1, 0.5, -1, 2, 1e-5, 1e10, -1e10, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon];
    private static readonly string[] Texts = ["", "mean", "sum", "none", "ij", "constant", "reflect", "replicate", "circular", "linear", "floor", "trunc", "prod", "amax", "complete", "reduced", "L", "left", "ii->i", "ä€😀", "a\0b"];
    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float32, ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Int64, ScalarType.Bool, ScalarType.Int32, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Float16, ScalarType.BFloat16, ScalarType.ComplexFloat32, ScalarType.ComplexFloat64];
    private static readonly string[] Kinds = ["Tensor", "int", "float", "bool", "Scalar", "int[]", "float[]", "bool[]", "Tensor[]", "str", "Device", "ScalarType", "Generator", "none"];

    private readonly List<string> texts = [];
    private readonly List<IDisposable> owned = [];
    private long[]? shape;

    public string Text => string.Join(", ", texts);

    public Argument[] For(Schema schema)
    {
        texts.Clear();
        shape = null;
        // Now and then an argument is missing or too many.
        var count = schema.Types.Length + (random.Next(40) == 0 ? random.Next(-1, 2) : 0);
        var values = new Argument[Math.Max(0, count)];
        for (var i = 0; i < values.Length; i++)
        {
            var wanted = i < schema.Types.Length ? schema.Types[i] : "int";
            if (wanted.EndsWith('?'))
            {
                wanted = wanted[..^1];
                if (random.Next(2) == 0) wanted = "none";
            }

            if (random.Next(50) == 0) wanted = Kinds[random.Next(Kinds.Length)];
            values[i] = Make(wanted);
        }

        return values;
    }

    public void Release()
    {
        owned.ForEach(o => o.Dispose());
        owned.Clear();
    }

    private Argument Make(string type)
    {
        switch (type)
        {
            case "Tensor": return Say(SomeTensor(), t => $"{t.dtype}[{string.Join(",", t.shape)}]/{string.Join(",", t.stride())}");
            case "Tensor[]" or "Tensor?[]":
                var list = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(12) == 0 ? null : SomeTensor()).ToArray();
                texts.Add("{" + string.Join("; ", list.Select(t => t is null ? "none" : $"{t.dtype}[{string.Join(",", t.shape)}]")) + "}");
                return list;
            case "int": return Say(Number(), n => n.ToString());
            case "float": return Say(Fractions[random.Next(Fractions.Length)], f => f.ToString("R"));
            case "bool": return Say(random.Next(2) == 1, b => b.ToString());
            case "Scalar" or "Scalar[]":
                return random.Next(5) switch
                {
                    0 => Say(Number(), n => n + "s"),
                    1 => Say(random.Next(2) == 1, b => b + "s"),
                    2 => Say((Scalar)new System.Numerics.Complex(1, random.Next(-1, 2)), c => c.ToComplexFloat64().ToString()),
                    _ => Say(Fractions[random.Next(Fractions.Length)], f => f.ToString("R")),
                };
            case "int[]": return Say(Enumerable.Range(0, random.Next(5)).Select(_ => Number()).ToArray(), a => $"[{string.Join(",", a)}]");
            case "float[]": return Say(Enumerable.Range(0, random.Next(4)).Select(_ => Fractions[random.Next(Fractions.Length)]).ToArray(), a => $"[{string.Join(",", a)}]f");
            case "bool[]": return Say(Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(2) == 1).ToArray(), a => $"[{string.Join(",", a)}]");
            case "str" or "str[]": return Say(Texts[random.Next(Texts.Length)], s => $"'{s}'");
            case "Device": return Say(random.Next(5) == 0 ? META : CPU, d => d.ToString());
            case "ScalarType": return Say(random.Next(10) == 0 ? (ScalarType)random.Next(-128, 128) : Types[random.Next(Types.Length)], t => t.ToString());
            case "Layout" or "MemoryFormat": return Say((long)random.Next(random.Next(10) == 0 ? 100 : 4), n => n.ToString());
            case "Generator":
                var generator = new Generator((ulong)random.Next());
                owned.Add(generator);
                return Say(generator, _ => "generator");
            default:
                texts.Add("none");
                return default;
        }
    }

    private Argument Say<T>(T value, Func<T, string> text)
    {
        texts.Add(text(value));
        return value switch
        {
            Tensor v => v,
            long v => v,
            double v => v,
            bool v => v,
            Scalar v => v,
            long[] v => v,
            double[] v => v,
            bool[] v => v,
            string v => v,
            Device v => v,
            ScalarType v => v,
            Generator v => v,
            _ => throw new InvalidOperationException(typeof(T).Name),
        };
    }

    private long Number() => Numbers[random.Next(random.Next(3) == 0 ? Numbers.Length : 13)];

    private Tensor SomeTensor()
    {
        // Tensors of one call often have the same shape, so that calls succeed.
        var sizes = shape is not null && random.Next(3) > 0 ? shape : Enumerable.Range(0, random.Next(6)).Select(_ => (long)random.Next(random.Next(4) == 0 ? 8 : 4)).ToArray();
        shape ??= sizes;
        var type = Types[random.Next(Types.Length)];
        Tensor tensor = random.Next(8) == 0 ? empty(sizes, ScalarType.Float32, META)
            : is_complex(type) ? randn(sizes, type)
            : randn(sizes).mul(3).to_type(type);
        if (tensor.device_type == DeviceType.CPU)
        {
            if (random.Next(10) == 0 && is_floating_point(type) && tensor.numel() > 0) tensor.flatten()[0] = double.NaN;
            if (random.Next(10) == 0 && type == ScalarType.Int64 && tensor.numel() > 0) tensor.flatten()[0] = Number();
            if (random.Next(4) == 0 && tensor.ndim > 1) tensor = tensor.transpose(0, -1);
            if (random.Next(12) == 0 && tensor.ndim > 0) tensor = tensor.select(0, 0).unsqueeze(0).expand([3, .. tensor.shape[1..]]);
            if (random.Next(4) == 0 && (is_floating_point(type) || is_complex(type))) tensor = tensor.detach().requires_grad_();
        }

        return tensor;
    }
}
