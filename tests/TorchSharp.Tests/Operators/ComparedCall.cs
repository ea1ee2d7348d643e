using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Something that is done here and in Python, and should give the same in both.</summary>
internal abstract class ComparedCall
{
    /// <summary>What calls are counted by.</summary>
    public abstract string Name { get; }

    /// <summary>What operators.py reads.</summary>
    public abstract string ToJson();

    /// <summary>What comes out here, and the gradients of the inputs where they are asked for.</summary>
    public abstract (List<Tensor> Results, List<Tensor?>? Grads) Run();

    protected static IEnumerable<Tensor> Flat(object? result) => result switch
    {
        null => [],
        Tensor t => [t],
        IEnumerable<Tensor> list => list,
        System.Runtime.CompilerServices.ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Flat(tuple[i])),
        bool b => [tensor(b)],
        int i => [tensor((long)i)],
        long l => [tensor(l)],
        double d => [tensor(d)],
        string s => [tensor(System.Text.Encoding.UTF8.GetBytes(s))],
        ScalarType type => [empty(0, type)],
        Size size => [tensor(size.ToArray())],
        IEnumerable<double> numbers => [tensor(numbers.ToArray())],
        IEnumerable<object?> many => many.SelectMany(Flat),
        _ => throw new NotSupportedException(result.GetType().Name),
    };
}
