using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>
/// Reads the pickle in a PyTorch archive: just what describes a tensor, and the object around it that libtorch writes. Python's own reader
/// calls whatever function a file names; here a name is looked up among four, and all others are refused.
/// </summary>
internal sealed class Pickle
{
    private sealed record Global(string Name);

    private static readonly object Mark = new();
    private readonly byte[] bytes;
    private readonly Stack<object?> stack = new();
    private readonly Dictionary<long, object?> memo = [];
    private int position;

    private Pickle(byte[] bytes) => this.bytes = bytes;

    public static PickledTensor Read(byte[] bytes) => new Pickle(bytes).Run() switch
    {
        PickledTensor tensor => tensor,
        Dictionary<string, object?> members when members.TryGetValue("0", out var first) && first is PickledTensor tensor => tensor,
        Dictionary<string, object?> members => throw Refused("a dictionary or a module" + (members.Count > 0 ? $" (with '{members.Keys.First()}')" : "")),
        object?[] => throw Refused("a list or a tuple"),
        var other => throw Refused(other?.GetType().Name ?? "nothing"),
    };

    private object? Run()
    {
        while (true)
        {
            switch ((char)Byte())
            {
                case '\x80': Byte(); break;
                case '.': return Pop();
                case '(': stack.Push(Mark); break;
                case 'N': stack.Push(null); break;
                case '\x88': stack.Push(true); break;
                case '\x89': stack.Push(false); break;
                case 'K': stack.Push((long)Byte()); break;
                case 'M': stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
                case 'J': stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
                case '\x8a': stack.Push(Long()); break;
                case 'G': stack.Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
                case 'X': stack.Push(Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4))))); break;
                case 'c': stack.Push(new Global(Line() + "." + Line())); break;
                case 'q': memo[Byte()] = Peek(); break;
                case 'r': memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek(); break;
                case 'h': stack.Push(Remembered(Byte())); break;
                case 'j': stack.Push(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
                case ')': case ']': stack.Push(Array.Empty<object?>()); break;
                case 't': stack.Push(ToMark()); break;
                case '\x85': stack.Push(Last(1)); break;
                case '\x86': stack.Push(Last(2)); break;
                case '\x87': stack.Push(Last(3)); break;
                case '}': stack.Push(new Dictionary<string, object?>()); break;
                case 's': Set(Last(2)); break;
                case 'u': Set(ToMark()); break;
                case 'a': Append(Last(1)); break;
                case 'e': Append(ToMark()); break;
                case 'Q': stack.Push(Storage(Pop())); break;
                case 'R': Call(); break;
                case '\x81': Create(); break;
                case 'b': Build(); break;
                default: throw TensorFile.Damaged("its description of the tensor cannot be understood");
            }
        }
    }

    private void Call()
    {
        var arguments = Pop() as object?[];
        if (arguments is null || Pop() is not Global { Name: var name }) throw Strange();
        stack.Push((name, arguments) switch
        {
            ("collections.OrderedDict", _) => new Dictionary<string, object?>(),
            ("torch._utils._rebuild_tensor_v2", [PickledStorage storage, long offset, object?[] shape, object?[] strides, bool grad, ..]) =>
                Checked(new PickledTensor(storage, offset, Numbers(shape), Numbers(strides), grad)),
            ("torch._utils._rebuild_parameter", [PickledTensor tensor, bool grad, ..]) => tensor with { RequiresGrad = grad },
            ("torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter", _) => throw Strange(),
            _ => throw Refused($"something that '{name}' makes"),
        });
    }

    private static PickledTensor Checked(PickledTensor tensor) =>
        tensor.Offset >= 0 && tensor.Shape.Length == tensor.Strides.Length && tensor.Shape.Length <= TensorFile.MaxDimensions ? tensor : throw Strange();

    private static long[] Numbers(object?[] items) => Array.ConvertAll(items, i => i is long and >= 0 and var number ? number : throw Strange());

    // libtorch stores a lone tensor as the member "0" of an object.
    private void Create()
    {
        Pop();
        if (Pop() is not Global { Name: var name }) throw Strange();
        if (!name.StartsWith("__torch__.", StringComparison.Ordinal)) throw Refused($"an object of the class '{name}'");
        stack.Push(new Dictionary<string, object?>());
    }

    private void Build()
    {
        var state = Pop();
        if (Peek() is not Dictionary<string, object?> members || state is not Dictionary<string, object?> added) throw Strange();
        foreach (var (key, value) in added.ToArray()) members[key] = value;
    }

    private static PickledStorage Storage(object? id)
    {
        if (id is not object?[] tuple || tuple is not ["storage", Global { Name: var name }, string key, ..]) throw Strange();
        return new PickledStorage(name switch
        {
            "torch.FloatStorage" => ScalarType.Float32,
            "torch.DoubleStorage" => ScalarType.Float64,
            "torch.HalfStorage" => ScalarType.Float16,
            "torch.BFloat16Storage" => ScalarType.BFloat16,
            "torch.LongStorage" => ScalarType.Int64,
            "torch.IntStorage" => ScalarType.Int32,
            "torch.ShortStorage" => ScalarType.Int16,
            "torch.CharStorage" => ScalarType.Int8,
            "torch.ByteStorage" => ScalarType.Byte,
            "torch.BoolStorage" => ScalarType.Bool,
            "torch.ComplexFloatStorage" => ScalarType.ComplexFloat32,
            "torch.ComplexDoubleStorage" => ScalarType.ComplexFloat64,
            _ => throw Refused($"a tensor of the type '{name}'"),
        }, key);
    }

    private void Set(object?[] pairs)
    {
        if (Peek() is not Dictionary<string, object?> target || pairs.Length % 2 != 0) throw Strange();
        for (var i = 0; i < pairs.Length; i += 2) target[pairs[i] as string ?? throw Refused("a dictionary")] = pairs[i + 1];
    }

    // What a list holds does not matter: no list is a tensor.
    private void Append(object?[] _)
    {
        if (Peek() is not object?[]) throw Strange();
    }

    private object?[] Last(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--) items[i] = Pop();
        return items;
    }

    private object?[] ToMark()
    {
        var items = new List<object?>();
        while (true)
        {
            if (!stack.TryPop(out var top)) throw Strange();
            if (ReferenceEquals(top, Mark)) break;
            items.Add(top);
        }

        items.Reverse();
        return [.. items];
    }

    private object? Pop() => stack.TryPop(out var top) && !ReferenceEquals(top, Mark) ? top : throw Strange();
    private object? Peek() => stack.TryPeek(out var top) ? top : throw Strange();
    private object? Remembered(long place) => memo.TryGetValue(place, out var kept) ? kept : throw Strange();

    private long Long()
    {
        var digits = Take(Byte());
        if (digits.Length > 8) throw Strange();
        long number = digits.Length > 0 && digits[^1] >= 0x80 ? -1 : 0;
        for (var i = digits.Length - 1; i >= 0; i--) number = (number << 8) | digits[i];
        return number;
    }

    private string Line()
    {
        var length = bytes.AsSpan(position).IndexOf((byte)'\n');
        if (length < 0) throw Strange();
        var text = Encoding.UTF8.GetString(Take(length));
        position++;
        return text;
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - position) throw Strange();
        var taken = bytes.AsSpan(position, count);
        position += count;
        return taken;
    }

    private static InvalidDataException Strange() => TensorFile.Damaged("its description of the tensor makes no sense");

    private static InvalidDataException Refused(string what) =>
        new($"The file holds {what}, not a tensor. torch.load reads one tensor, as torch.save, libtorch or Python's torch.save wrote it.");
}
