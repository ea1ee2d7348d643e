using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>
/// TorchSharp's own file format for tensors: type, number of dimensions and sizes as LEB128 numbers, then the elements as they are in memory.
/// What is read is checked before anything is allocated: a file can be truncated, or hostile.
/// </summary>
internal static class TensorFile
{
    public const int MaxDimensions = 64;
    private const int MaxName = 1 << 16;

    public static void WriteNumber(BinaryWriter writer, long number) => writer.Write7BitEncodedInt64(number);

    public static long ReadNumber(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            return reader.Read7BitEncodedInt64() is >= 0 and var number ? number : throw Damaged("it has a negative size");
        }
        catch (FormatException)
        {
            throw Damaged("it has a number that is too long");
        }
        catch (EndOfStreamException)
        {
            throw Damaged("it ends too early");
        }
    }

    public static string ReadText(BinaryReader reader)
    {
        var length = ReadNumber(reader);
        if (length > MaxName) throw Damaged("it has a name that is too long");
        var bytes = reader.ReadBytes((int)length);
        return bytes.Length == length ? Encoding.UTF8.GetString(bytes) : throw Damaged("it ends too early");
    }

    public static void Write(BinaryWriter writer, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var plain = tensor.cpu().contiguous();
        WriteNumber(writer, (long)plain.dtype);
        var shape = plain.shape;
        WriteNumber(writer, shape.Length);
        foreach (var size in shape) WriteNumber(writer, size);
        Each(plain, bytes => writer.Write(bytes));
    }

    public static Tensor Read(BinaryReader reader)
    {
        var type = ReadType(reader, out var shape);
        var left = Left(reader);
        if (left >= 0 && Bytes(type, shape) > left) throw Damaged("it ends too early");
        var tensor = empty(shape, type);
        Fill(reader, tensor);
        return tensor;
    }

    /// <summary>Reads into a tensor of the same type and shape, or goes over the data.</summary>
    public static void ReadInto(BinaryReader reader, Tensor tensor, bool skip)
    {
        using var found = Read(reader);
        if (skip) return;
        if (found.dtype != tensor.dtype) throw new ArgumentException($"The file holds {found.dtype}, but the tensor {tensor.dtype}.");
        if (!found.shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException($"The file holds the shape [{string.Join(", ", found.shape)}], but the tensor has [{string.Join(", ", tensor.shape)}].");
        using var mode = no_grad();
        tensor.copy_(found).Dispose();
    }

    private static ScalarType ReadType(BinaryReader reader, out long[] shape)
    {
        var number = ReadNumber(reader);
        if (number > sbyte.MaxValue || !Enum.IsDefined((ScalarType)number)) throw Damaged($"it names an unknown type of element, {number}");
        var dimensions = ReadNumber(reader);
        if (dimensions > MaxDimensions) throw Damaged($"it gives a tensor {dimensions} dimensions");
        shape = new long[dimensions];
        for (var d = 0; d < shape.Length; d++) shape[d] = ReadNumber(reader);
        Bytes((ScalarType)number, shape);
        return (ScalarType)number;
    }

    private static long Bytes(ScalarType type, long[] shape)
    {
        try
        {
            // The sizes beside a zero have to be possible as well: the strides are made of them.
            var most = shape.Aggregate((long)type.ElementSize(), (a, b) => checked(a * Math.Max(b, 1)));
            return shape.Contains(0) ? 0 : most;
        }
        catch (OverflowException)
        {
            throw Damaged("it gives a tensor an impossible size");
        }
    }

    private static long Left(BinaryReader reader) => reader.BaseStream.CanSeek ? reader.BaseStream.Length - reader.BaseStream.Position : -1;

    public static void Fill(BinaryReader reader, Tensor tensor) => Each(tensor, span =>
    {
        while (span.Length > 0)
        {
            var read = reader.Read(span);
            if (read == 0)
            {
                tensor.Dispose();
                throw Damaged("it ends too early");
            }

            span = span[read..];
        }
    });

    private delegate void OnBytes(Span<byte> bytes);

    private static unsafe void Each(Tensor tensor, OnBytes action)
    {
        const int piece = 1 << 30;
        var bytes = tensor.NumberOfElements * tensor.ElementSize;
        var start = (byte*)tensor.Data;
        for (long done = 0; done < bytes; done += piece) action(new Span<byte>(start + done, (int)Math.Min(piece, bytes - done)));
        GC.KeepAlive(tensor);
    }

    public static InvalidDataException Damaged(string how) => new($"This is not a file of tensors, or it is damaged: {how}.");
}
