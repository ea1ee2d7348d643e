namespace FedNotebook;

/// <summary>An operation that a worker agrees to run.</summary>
/// <param name="run">Runs it over resolved arguments: tensors and modules where the message had references.</param>
/// <param name="inPlace">Whether it changes its first argument instead of making something new.</param>
internal sealed class Operation(Func<object?[], object?> run, bool inPlace = false)
{
    public bool InPlace => inPlace;

    public object? Run(object?[] arguments) => run(arguments);
}
