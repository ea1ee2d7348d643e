using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>One operator of libtorch, looked up by its schema's name when it is first called.</summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private nint handle;

    public Tensor Tensor(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Call(arguments, &result, 1);
        return Result(in result);
    }

    public (Tensor, Tensor) Tensors2(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[2];
        Call(arguments, results, 2);
        return (Result(in results[0]), Result(in results[1]));
    }

    public (Tensor, Tensor, Tensor) Tensors3(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[3];
        Call(arguments, results, 3);
        return (Result(in results[0]), Result(in results[1]), Result(in results[2]));
    }

    /// <summary>As many as there are; one that the operator leaves undefined is null.</summary>
    public Tensor?[] TensorsN(int count, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[count];
        Call(arguments, results, count);
        var tensors = new Tensor?[count];
        for (var i = 0; i < count; i++) tensors[i] = results[i].Kind == ValueKind.Tensor ? Result(in results[i]) : null;
        return tensors;
    }

    public Tensor[] TensorList(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Call(arguments, &result, 1);
        var handles = (nint*)result.Pointer;
        var tensors = new Tensor[result.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        Shim.fed_free(handles);
        return tensors;
    }

    public bool Bool(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Call(arguments, &result, 1);
        return result.Int != 0;
    }

    public long Int(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Call(arguments, &result, 1);
        return result.Int;
    }

    public Scalar Scalar(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Call(arguments, &result, 1);
        switch (result.Kind)
        {
            case ValueKind.Int: return result.Int;
            case ValueKind.Float: return result.Float;
            case ValueKind.Bool: return result.Int != 0;
            default:
                var parts = (double*)result.Pointer;
                var value = new System.Numerics.Complex(parts[0], parts[1]);
                Shim.fed_free(parts);
                return new Scalar(value);
        }
    }

    public void Void(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Call(arguments, &result, 1);
        if (result.Kind == ValueKind.Tensor) Shim.fed_release((nint)result.Int);
    }

    private static Tensor Result(in Value value) =>
        value.Kind == ValueKind.Tensor ? new Tensor((nint)value.Int, value.Length) : throw new ExternalException("libtorch gave no tensor");

    [SkipLocalsInit]
    private void Call(ReadOnlySpan<Argument> arguments, Value* results, int capacity)
    {
        if (handle == 0) handle = Shim.Check(Shim.fed_find("aten::" + name, overload));
        *results = default;

        var values = stackalloc Value[arguments.Length];
        var size = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            ref readonly var a = ref arguments[i];
            ref var v = ref values[i];
            v.Kind = a.Kind;
            v.Length = 0;
            switch (a.Kind)
            {
                case ValueKind.Tensor: v.Int = Unsafe.As<Tensor>(a.Object!).Handle; break;
                case ValueKind.Generator: v.Int = Unsafe.As<Generator>(a.Object!).Handle; break;
                case < ValueKind.Complex or ValueKind.Device: v.Int = a.Bits; break;
                default:
                    v.Pointer = null;
                    size += Size(a.Object!);
                    break;
            }
        }

        int produced;
        if (size == 0)
        {
            // Handed on with no copy at all: tensors and plain numbers, which is nearly always.
            produced = Shim.fed_call(handle, values, arguments.Length, results, capacity);
        }
        else if (size <= 1024)
        {
            var scratch = stackalloc byte[size];
            Copy(arguments, values, scratch);
            produced = Shim.fed_call(handle, values, arguments.Length, results, capacity);
        }
        else
        {
            var scratch = (byte*)NativeMemory.Alloc((nuint)size);
            try
            {
                Copy(arguments, values, scratch);
                produced = Shim.fed_call(handle, values, arguments.Length, results, capacity);
            }
            finally
            {
                NativeMemory.Free(scratch);
            }
        }

        foreach (ref readonly var a in arguments) GC.KeepAlive(a.Object);
        if (produced < 0) throw Shim.Error();
    }

    private static int Size(object list) => list switch
    {
        Array a => 8 * a.Length,
        string s => (Encoding.UTF8.GetByteCount(s) + 7) & ~7,
        _ => 0,
    };

    private static void Copy(ReadOnlySpan<Argument> arguments, Value* values, byte* scratch)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var list = arguments[i].Object;
            ref var v = ref values[i];
            if (v.Kind is <= ValueKind.Bool or >= ValueKind.Generator) continue;
            v.Pointer = scratch;
            switch (list)
            {
                case long[] a: a.CopyTo(new Span<long>(scratch, v.Take(a.Length))); break;
                case double[] a: a.CopyTo(new Span<double>(scratch, v.Take(a.Length))); break;
                case bool[] a: a.CopyTo(new Span<bool>(scratch, v.Take(a.Length))); break;
                case string s: v.Length = (uint)Encoding.UTF8.GetBytes(s, new Span<byte>(scratch, Size(s))); break;
                case Tensor?[] a:
                    v.Take(a.Length);
                    for (var t = 0; t < a.Length; t++) ((nint*)scratch)[t] = a[t]?.Handle ?? 0;
                    break;
            }

            scratch += Size(list!);
        }
    }
}

file static class Lists
{
    public static int Take(this ref Value value, int length)
    {
        value.Length = (uint)length;
        return length;
    }
}
