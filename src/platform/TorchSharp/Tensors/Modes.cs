using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Grad and inference mode belong to the thread: do not hold one across an await.</summary>
public static partial class torch
{
    private sealed class GradMode : IDisposable
    {
        private readonly bool before = is_grad_enabled();

        public GradMode(bool enabled) => Shim.fed_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Shim.fed_set_grad_enabled(before ? 1 : 0);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint handle = Shim.fed_enter_inference(enabled ? 1 : 0);

        public void Dispose()
        {
            var left = Interlocked.Exchange(ref handle, 0);
            if (left != 0) Shim.fed_leave_inference(left);
        }
    }

    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);
    public static bool is_grad_enabled() => Shim.fed_grad_enabled() != 0;
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);
    public static bool is_inference_mode_enabled() => Shim.fed_inference_enabled() != 0;

    /// <summary>Unlike upstream, this governs the BLAS library's threads too.</summary>
    public static void set_num_threads(int num)
    {
        if (num is < 1 or > 1024) throw new ArgumentOutOfRangeException(nameof(num), num, "The number of threads must be from 1 to 1024.");
        Shim.Check(Shim.fed_set_threads(num));
    }

    public static int get_num_threads() => Shim.fed_threads();

    public static void set_num_interop_threads(int num)
    {
        if (num is < 1 or > 1024) throw new ArgumentOutOfRangeException(nameof(num), num, "The number of threads must be from 1 to 1024.");
        Shim.Check(Shim.fed_set_interop_threads(num));
    }

    public static int get_num_interop_threads() => Shim.fed_interop_threads();

    public static ScalarType get_default_dtype() => (ScalarType)Shim.fed_default_type();

    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype)) throw new ArgumentException($"Only floating point types can be the default, not {dtype}.", nameof(dtype));
        Shim.Check(Shim.fed_set_default_type((int)dtype));
    }

    public static class autograd
    {
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] o = Handles(outputs), i = Handles(inputs), g = Handles(grad_outputs), r = new nint[i.Length];
            fixed (nint* op = o, ip = i, gp = g, rp = r)
                Shim.Check(Shim.fed_gradients(op, o.Length, ip, i.Length, gp, g.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, rp));
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(r, handle => handle == 0 ? null! : new Tensor(handle));
        }

        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] t = Handles(tensors), g = Handles(grad_tensors), i = Handles(inputs);
            fixed (nint* tp = t, gp = g, ip = i)
            {
                Shim.Check(Shim.fed_backward(
                    tp, t.Length, gp, g.Length, retain_graph is { } r ? (r ? 1 : 0) : -1, create_graph ? 1 : 0, ip, i.Length));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static nint[] Handles(IList<Tensor>? tensors) => tensors?.Select(t => (nint)t.Needed("an element of the list").Handle).ToArray() ?? [];
    }
}
