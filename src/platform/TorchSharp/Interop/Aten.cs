namespace TorchSharp.Interop;

internal static partial class Aten
{
    /// <summary>A fresh tensor object on the very same tensor: what an in-place operation gives back.</summary>
    public static torch.Tensor Same(torch.Tensor tensor)
    {
        var same = new torch.Tensor(Shim.fed_retain(tensor.Handle), 0);
        GC.KeepAlive(tensor);
        return same;
    }
}
