using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Fuzzing;

/// <summary>Calls operators with random arguments; what is called stands in the log before it is called, so that a crash has a name.</summary>
internal sealed class OperatorFuzz(int seed, TextWriter log)
{
    private readonly Schema[] schemas = Reachable();

    public int Succeeded { get; private set; }
    public int Refused { get; private set; }

    // libtorch never comes back from random_.from where `to` is missing and `from` is the greatest number, but the API always gives both;
    // nor from binomial where a count is no number, which the API refuses; nor from matrix_power with the least of 64 bits, but the API takes 32. The recurrent ones read beyond a list of weights that is too short,
    // but the weights are always the module's own.
    private static readonly string[] NotCalledSo = ["random_.from", "matrix_power", "binomial", "lstm.input", "gru.input", "rnn_tanh.input", "rnn_relu.input"];

    private static Schema[] Reachable()
    {
        var fields = typeof(Aten).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.Name).ToHashSet();
        return Schema.All().Where(s => fields.Contains(s.Field) && !NotCalledSo.Contains(s.ToString())).ToArray();
    }

    public void Run(int first, int count)
    {
        var only = Environment.GetEnvironmentVariable("FED_FUZZ_OPERATOR");
        for (var i = first; i < first + count; i++)
        {
            var random = new Random(seed + (i * 7919));
            var schema = schemas[random.Next(schemas.Length)];
            if (only is not null && schema.ToString() != only) continue;
            manual_seed(i);
            using var scope = NewDisposeScope();
            One(i, schema, random);
        }
    }

    private void One(int number, Schema schema, Random random)
    {
        var values = new RandomArguments(random);
        try
        {
            var arguments = Made();
            if (arguments is null) return;
            log.WriteLine($"{number} {schema}({values.Text})");
            log.Flush();
            var op = new Operator(schema.Name, schema.Overload);
            Call(op, schema.Result, arguments);
            Succeeded++;
        }
        catch (Exception e) when (e is ExternalException or ArgumentException or NotSupportedException)
        {
            Refused++;
            if (Unreadable(e.Message)) log.WriteLine($"BAD TEXT {schema}({values.Text}): {e.Message.ReplaceLineEndings(" | ")}");
        }
        finally
        {
            values.Release();
        }

        Argument[]? Made()
        {
            try
            {
                return values.For(schema);
            }
            catch (Exception e) when (e is ExternalException or ArgumentException)
            {
                return null;
            }
        }
    }

    private static bool Unreadable(string text) =>
        text.Length == 0 || text.Contains("INTERNAL ASSERT") || text.Contains("report a bug", StringComparison.OrdinalIgnoreCase) || text.Contains("frame #") || text.Contains("be improved") || text.Contains("SymInt") || text.Contains("symbolic")
        || text.Split('\n')[0].Contains(".cpp") || text.Split('\n')[0].Contains(".h:") || text.Split('\n')[0].Contains("unknown native");

    private static void Call(Operator op, string result, Argument[] arguments)
    {
        if (result.StartsWith('('))
        {
            var all = op.TensorsN(Math.Max(1, result.Split(", ").Length), arguments);
            foreach (var t in all) Look(t);
        }
        else if (result.EndsWith("[]")) foreach (var t in op.TensorList(arguments)) Look(t);
        else if (result == "bool") op.Bool(arguments);
        else if (result is "int" or "SymInt") op.Int(arguments);
        else if (result == "Scalar") op.Scalar(arguments);
        else if (result == "float") op.Scalar(arguments);
        else Look(op.Tensor(arguments));
    }

    /// <summary>What came out can be asked for its shape, printed when it is small, and differentiated.</summary>
    private static void Look(Tensor? tensor)
    {
        if (tensor is null) return;
        if (tensor.numel() < 1000 && tensor.device_type == DeviceType.CPU && !tensor.is_sparse) tensor.ToString(TensorStringStyle.Julia);
        if (tensor.requires_grad && tensor.numel() < 100_000 && tensor.device_type == DeviceType.CPU && tensor.is_floating_point()) tensor.sum().backward();
    }
}
