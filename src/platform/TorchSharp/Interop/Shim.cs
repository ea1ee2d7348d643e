using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of native/. Those that touch no tensor data and cannot wait skip the GC transition.</summary>
internal static unsafe partial class Shim
{
    private const string Name = "TorchSharpShim";

    // No static constructor: what goes wrong while loading would come out wrapped, and its sentence with it.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare() => NativeLibrary.SetDllImportResolver(typeof(Shim).Assembly, Resolve);

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? _)
    {
        if (library != Name) return 0;
        const string file = "libTorchSharpShim.so";
        var folder = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } f ? f : AppContext.BaseDirectory;
        string[] places =
        [
            Path.Combine(folder, file),
            Path.Combine(folder, "runtimes", "linux-x64", "native", file),
            Path.GetFullPath(Path.Combine(folder, "..", "..", "runtimes", "linux-x64", "native", file)),
        ];
        if (Array.Find(places, File.Exists) is not { } path)
            throw new DllNotFoundException($"TorchSharp's native part, {file}, is missing: it should lie beside TorchSharp.dll. "
                + $"Build or install the package again.\nLooked in:\n  {string.Join("\n  ", places)}");
        // Both are read when the libraries are loaded, from the C environment, which Environment.SetEnvironmentVariable does not reach.
        // One thread is the default: on a small, shared machine more threads make a training step slower.
        var threads = Environment.GetEnvironmentVariable("OMP_NUM_THREADS");
        setenv("GLOG_minloglevel", "2", 0);
        setenv("OPENBLAS_NUM_THREADS", threads ?? "1", 0);
        try
        {
            var handle = NativeLibrary.Load(path);
            if (threads is null) ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, nameof(fed_set_threads)))(1);
            return handle;
        }
        catch (DllNotFoundException e) when (e.Message.Contains("libtorch") || e.Message.Contains("libc10"))
        {
            // The loader's last line names the library; what it advises above is for programmers.
            var detail = e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[^1];
            throw new DllNotFoundException($"libtorch 1.13 is not installed. On Debian or Ubuntu: apt install libtorch1.13 libopenblas0 ({detail})");
        }
    }

    /// <summary>The error of the last native call on this thread that failed.</summary>
    public static ExternalException Error()
    {
        var text = Marshal.PtrToStringUTF8((nint)fed_error()) ?? "an unknown native error";
        return new ExternalException(NativeError.Readable(text));
    }

    public static void Check(int status)
    {
        if (status < 0) throw Error();
    }

    public static nint Check(nint handle) => handle != 0 ? handle : throw Error();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport(Name)] private static partial byte* fed_error();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial nint fed_find(string name, string overload);
    [LibraryImport(Name)] public static partial int fed_call(nint op, Value* arguments, int count, Value* results, int capacity);
    [LibraryImport(Name)] public static partial void fed_free(void* memory);

    [LibraryImport(Name), SuppressGCTransition] public static partial int fed_info(nint tensor, TensorInfo* info);
    [LibraryImport(Name)] public static partial int fed_release(nint tensor);
    [LibraryImport(Name), SuppressGCTransition] public static partial uint fed_weight(nint tensor);
    [LibraryImport(Name), SuppressGCTransition] public static partial nint fed_retain(nint tensor);
    [LibraryImport(Name)] public static partial byte* fed_names(nint tensor);
    [LibraryImport(Name)] public static partial nint fed_grad(nint tensor);
    [LibraryImport(Name)] public static partial int fed_set_grad(nint tensor, nint grad);
    [LibraryImport(Name)]
    public static partial nint fed_from_blob(void* data, long* sizes, int dimensions, int type, delegate* unmanaged<nint, void> freed, nint context);
    [LibraryImport(Name)]
    public static partial int fed_backward(nint* tensors, int count, nint* gradients, int gradientCount, int retain, int create, nint* inputs, int inputCount);
    [LibraryImport(Name)]
    public static partial int fed_gradients(
        nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retain, int create, int allowUnused, nint* results);

    [LibraryImport(Name)] public static partial int fed_save(nint tensor, delegate* unmanaged<byte*, nuint, nint, int> write, nint context);

    [LibraryImport(Name), SuppressGCTransition] public static partial int fed_grad_enabled();
    [LibraryImport(Name), SuppressGCTransition] public static partial void fed_set_grad_enabled(int enabled);
    [LibraryImport(Name), SuppressGCTransition] public static partial int fed_inference_enabled();
    [LibraryImport(Name)] public static partial nint fed_enter_inference(int enabled);
    [LibraryImport(Name)] public static partial void fed_leave_inference(nint mode);

    [LibraryImport(Name)] public static partial int fed_threads();
    [LibraryImport(Name)] public static partial int fed_set_threads(int count);
    [LibraryImport(Name)] public static partial int fed_interop_threads();
    [LibraryImport(Name)] public static partial int fed_set_interop_threads(int count);
    [LibraryImport(Name)] public static partial int fed_default_type();
    [LibraryImport(Name)] public static partial int fed_set_default_type(int type);

    [LibraryImport(Name)] public static partial nint fed_default_generator();
    [LibraryImport(Name)] public static partial nint fed_new_generator(ulong seed);
    [LibraryImport(Name)] public static partial void fed_release_generator(nint generator);
    [LibraryImport(Name)] public static partial void fed_set_seed(nint generator, ulong seed);
    [LibraryImport(Name)] public static partial ulong fed_current_seed(nint generator);
    [LibraryImport(Name)] public static partial ulong fed_new_seed(nint generator);
    [LibraryImport(Name)] public static partial nint fed_generator_state(nint generator);
    [LibraryImport(Name)] public static partial int fed_set_generator_state(nint generator, nint state);
}
