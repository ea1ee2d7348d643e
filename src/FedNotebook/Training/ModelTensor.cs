using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Where a parameter or buffer of a model lies in the one long vector that strategies work on.</summary>
/// <param name="Name">Its name in the model, "fc1.weight" for instance.</param>
/// <param name="Module">The class of the module that has it, "Linear" for instance.</param>
/// <param name="IsParameter">Whether it is a parameter; otherwise a buffer, such as the statistics of batch normalization.</param>
/// <param name="Shape">Its shape in the model.</param>
/// <param name="Type">Its type in the model.</param>
/// <param name="Start">Where it begins in the vector.</param>
/// <param name="Length">The number of its elements.</param>
public sealed record ModelTensor(string Name, string Module, bool IsParameter, IReadOnlyList<long> Shape, ScalarType Type, long Start, long Length)
{
    /// <summary>Its size on the way to a client, in bytes.</summary>
    public long Bytes => Length * Type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Float64 or ScalarType.Int64 => 8,
        _ => 4,
    };
}
