using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Makes test data.</summary>
internal static class Some
{
    private static int workers;

    /// <summary>A worker that no other test knows.</summary>
    public static VirtualWorker Worker(string name = "worker") => sy.VirtualWorker($"{name}-{Interlocked.Increment(ref workers)}");

    public static (VirtualWorker bob, VirtualWorker alice) BobAndAlice() => (Worker("bob"), Worker("alice"));

    public static long[] Longs(Tensor tensor) => tensor.data<long>().ToArray();

    public static float[] Floats(Tensor tensor) => tensor.data<float>().ToArray();

    /// <summary>A Linear(2, 1) with known weights.</summary>
    public static TorchSharp.Modules.Linear Linear(float w0 = 0.5f, float w1 = -0.5f, float b = 0.1f)
    {
        var model = nn.Linear(2, 1);
        using (no_grad())
        {
            model.weight!.copy_(tensor(new[,] { { w0, w1 } }));
            model.bias!.copy_(tensor(new[] { b }));
        }

        return model;
    }
}
