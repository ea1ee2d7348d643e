namespace FedNotebook;

/// <summary>An operation that a worker agrees to run.</summary>
/// <param name="run">Runs it over resolved arguments: tensors and modules where the message had references.</param>
/// <param name="inPlace">Whether it changes its first argument instead of making something new.</param>
/// <param name="writes">The places of the arguments that it may change; in place, the first.</param>
/// <param name="isFresh">Whether its result always lies in memory of its own.</param>
/// <param name="sizeTells">Whether the shape of its result depends on the values that it is given.</param>
internal sealed class Operation(Func<object?[], object?> run, bool inPlace = false, int[]? writes = null, bool isFresh = false, bool sizeTells = false)
{
    public bool InPlace => inPlace;

    public IReadOnlyList<int> Writes { get; } = writes ?? (inPlace ? [0] : []);

    public bool IsFresh => isFresh;

    public bool SizeTells => sizeTells;

    public object? Run(object?[] arguments) => run(arguments);
}
