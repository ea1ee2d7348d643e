namespace FederatedBenchmark;

/// <summary>How the weights of a model begin.</summary>
/// <param name="Name">What the command line calls it.</param>
internal sealed record Beginning(string Name)
{
    /// <summary>As TorchSharp's layers do: uniform within ±1/√(inputs), biases too.</summary>
    public static readonly Beginning Torch = new("torch");

    /// <summary>As the layers of TensorFlow do: uniform within ±√(6/(inputs + outputs)), biases 0 (Glorot and Bengio 2010).</summary>
    public static readonly Beginning Glorot = new("glorot");

    public static Beginning Named(string name) => new[] { Torch, Glorot }.FirstOrDefault(beginning => beginning.Name == name)
        ?? throw new ArgumentException($"Weights cannot begin as in {name}, only as in {Torch} or {Glorot}.");

    /// <summary>The model, made to begin so.</summary>
    public nn.Module<Tensor, Tensor> Of(nn.Module<Tensor, Tensor> model, int seed)
    {
        if (this == Torch) return model;
        manual_seed(seed);
        foreach (var parameter in model.parameters())
        {
            (parameter.ndim > 1 ? nn.init.xavier_uniform_(parameter) : nn.init.zeros_(parameter)).Dispose();
        }

        return model;
    }

    public override string ToString() => Name;
}
