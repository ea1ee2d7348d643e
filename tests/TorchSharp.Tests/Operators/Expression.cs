using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>A line of Python and what says the same here. Both start from the same seed; in Python's, the value of the last line counts.</summary>
internal sealed class Expression(string python, Func<object?> here, [CallerArgumentExpression(nameof(here))] string source = "") : ComparedCall
{
    private const int Seed = 7;

    public override string Name => python;

    /// <summary>What stands here, as it is written.</summary>
    public string Source => source;

    public override string ToString() => $"{python}   {source}";

    public override string ToJson() => new JsonObject { ["code"] = python, ["seed"] = Seed }.ToJsonString();

    public override (List<Tensor> Results, List<Tensor?>? Grads) Run()
    {
        manual_seed(Seed);
        return (Flat(here()).ToList(), null);
    }
}
