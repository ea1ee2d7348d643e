using System.Collections;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Pointers to tensors of one shape at several workers: <c>x.send(bob, alice)</c>. An operation runs at each of them, over what is there.
/// </summary>
public sealed partial class MultiPointerTensor : IReadOnlyList<PointerTensor>, IDisposable
{
    private readonly PointerTensor[] pointers;

    internal MultiPointerTensor(PointerTensor[] pointers)
    {
        ArgumentNullException.ThrowIfNull(pointers);
        this.pointers = pointers;
        if (pointers.Contains(null)) throw new ArgumentException("One of the pointers is null.", nameof(pointers));
        if (pointers.Length == 0) throw new ArgumentException("Name a worker at least: x.send(bob, alice).");
        if (pointers.DistinctBy(p => p.location).Count() < pointers.Length)
            throw new ArgumentException($"Each worker comes once in a multi-pointer; here they are {string.Join(", ", pointers.Select(p => p.location.id))}.");
        if (pointers.FirstOrDefault(p => !p.shape.SequenceEqual(pointers[0].shape)) is { } other)
            throw new ArgumentException($"A multi-pointer points to tensors of one shape; at {pointers[0].location.id} it is [{string.Join(", ", pointers[0].shape)}], at {other.location.id} [{string.Join(", ", other.shape)}].");
    }

    /// <summary>Results of one operation, of which each has its own shape.</summary>
    private MultiPointerTensor(IEnumerable<PointerTensor> results) => pointers = [.. results];

    /// <summary>The workers, in order.</summary>
    public IReadOnlyList<BaseWorker> location => [.. pointers.Select(p => p.location)];

    /// <summary>The pointers by worker id.</summary>
    public IReadOnlyDictionary<string, PointerTensor> child => pointers.ToDictionary(p => p.location.id);

    /// <summary>The shape of each of the tensors.</summary>
    public long[] shape => pointers[0].shape;

    /// <summary>The number of workers.</summary>
    public int Count => pointers.Length;

    /// <summary>The pointer to one worker.</summary>
    public PointerTensor this[int index] => pointers[index];

    /// <summary>The number of dimensions of each of the tensors.</summary>
    public long dim() => pointers[0].dim();

    /// <summary>The shape of each of the tensors.</summary>
    public long[] size() => shape;

    /// <summary>Takes the tensors home, in the order of the workers.</summary>
    /// <param name="user">Who asks, where they are private.</param>
    /// <exception cref="GetNotPermittedError">One of them is private, and not for that user. All stay where they are.</exception>
    public IReadOnlyList<Tensor> get(string? user = null)
    {
        var got = new List<Tensor>();
        try
        {
            foreach (var pointer in pointers) got.Add(pointer.get(user));
            return got;
        }
        catch
        {
            for (var i = 0; i < got.Count; i++) pointers[i].GiveBack(got[i]);
            throw;
        }
    }

    /// <summary>Takes the tensors home and puts them together.</summary>
    /// <param name="sum_results">True: their sum. False: a stack of them, a row a worker.</param>
    /// <param name="user">Who asks, where they are private.</param>
    public Tensor get(bool sum_results, string? user = null)
    {
        var tensors = get(user);
        return sum_results ? tensors.Aggregate((a, b) => a + b) : stack(tensors);
    }

    /// <summary>Deletes all of the tensors.</summary>
    public void Dispose()
    {
        foreach (var pointer in pointers) pointer.Dispose();
    }

    /// <summary>The pointers, in the order of the workers.</summary>
    public IEnumerator<PointerTensor> GetEnumerator() => ((IEnumerable<PointerTensor>)pointers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>PySyft's text: a line for each pointer.</summary>
    public override string ToString() =>
        "(Wrapper)>[MultiPointerTensor]" + string.Concat(pointers.Select(p => "\n\t-> " + p.ToString().Split('\n')[0]["(Wrapper)>".Length..]));

    internal MultiPointerTensor RunOne(string operation, object?[] arguments) =>
        new(pointers.Select((p, i) => p.RunOne(operation, At(i, operation, arguments))).AsEnumerable());

    internal MultiPointerTensor[] RunMany(string operation, object?[] arguments)
    {
        var results = pointers.Select((p, i) => p.RunMany(operation, At(i, operation, arguments))).ToArray();
        return [.. Enumerable.Range(0, results[0].Length).Select(r => new MultiPointerTensor(results.Select(at => at[r])))];
    }

    internal void RunWithoutResult(string operation, object?[] arguments)
    {
        for (var i = 0; i < pointers.Length; i++) pointers[i].RunWithoutResult(operation, At(i, operation, arguments));
    }

    internal MultiPointerTensor RunInPlace(string operation, object?[] arguments)
    {
        for (var i = 0; i < pointers.Length; i++) pointers[i].RunInPlace(operation, At(i, operation, arguments));
        return this;
    }

    /// <summary>The arguments as the worker of that number has them.</summary>
    private object?[] At(int index, string operation, object?[] arguments) => Array.ConvertAll(arguments, argument => argument switch
    {
        MultiPointerTensor multi when index < multi.Count => multi[index],
        MultiPointerTensor multi => throw TensorsNotCollocatedException.Between(operation, pointers[index].location.ToString(), multi[0].location.ToString()),
        IEnumerable<MultiPointerTensor> several => several.Select(m => m[index]).ToArray(),
        _ => argument,
    });
}
