using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>How the built-in modules begin. Their tensors live as long as the module: they leave the dispose scope that is open.</summary>
internal static class Initial
{
    public static Parameter Parameter(long[] shape, Device? device, ScalarType? dtype)
    {
        var parameter = new Parameter(empty(shape, dtype, device));
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>A copy of embeddings that were learned elsewhere.</summary>
    public static Parameter Copy(Tensor embeddings, bool freeze, Device? device, ScalarType? dtype)
    {
        if (embeddings.Needed().ndim != 2) throw new ArgumentException($"Embeddings are a matrix, but got {embeddings.ndim} dimensions.", nameof(embeddings));
        using var detached = embeddings.detach();
        var parameter = new Parameter(detached.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true), !freeze);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    public static Tensor Buffer(Tensor tensor) => tensor.DetachFromDisposeScope();

    /// <summary>Uniform within 1/sqrt(fan_in) of zero: PyTorch's start for linear and convolutional layers, in its order of random numbers.</summary>
    public static void Uniform(Parameter parameter, long fan_in)
    {
        var bound = fan_in > 0 ? 1 / Math.Sqrt(fan_in) : 0;
        if (parameter.ndim > 1) bound = fan_in > 0 ? Math.Sqrt(3.0) * (Math.Sqrt(2.0 / (1 + Math.Pow(Math.Sqrt(5), 2))) / Math.Sqrt(fan_in)) : 0;
        nn.init.uniform_(parameter, -bound, bound).Dispose();
    }

    public static void Fill(Parameter? parameter, double value)
    {
        if (parameter is not null) nn.init.constant_(parameter, value).Dispose();
    }
}
