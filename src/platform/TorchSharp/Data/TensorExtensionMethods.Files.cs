using System.Text;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static void Save(this Tensor tensor, BinaryWriter writer) => TensorFile.Write(writer, tensor);

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        TensorFile.Write(writer, tensor);
    }

    public static void Save(this Tensor tensor, string location) => WholeFile.Write(location, stream => tensor.Save(stream));

    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false) => TensorFile.ReadInto(reader, tensor, skip);

    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        var tensor = TensorFile.Read(reader);
        if (!skip) return tensor;
        tensor.Dispose();
        return null!;
    }

    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is not null) TensorFile.ReadInto(reader, tensor, skip);
        else if (Load(reader, skip) is { } found) tensor = found;
    }
}
