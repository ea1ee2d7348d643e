using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    protected Parameter _parameter;

    public abstract void Initialize(OptimizerOptions options);
    public abstract void SaveStateDict(BinaryWriter writer);
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Takes over copies: both optimizers live on, and are disposed of, by themselves.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    public virtual void to(Device device)
    {
    }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor) => new Walk.Saving(writer).Optional(tensor);

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device? device)
    {
        var found = new Walk.Loading(reader, device).Optional(result);
        result?.Dispose();
        result = found;
    }

    /// <summary>What is owned and disposed of here; the states of the user's own optimizers see to theirs.</summary>
    internal IEnumerable<Tensor> Tensors => Remembered().OfType<Tensor>();

    /// <summary>Over what a built-in optimizer remembers.</summary>
    private protected virtual void Over(Walk walk)
    {
    }

    private List<object?> Remembered()
    {
        var listing = new Walk.Listing();
        Over(listing);
        return listing.Seen;
    }

    private protected void Save(BinaryWriter writer) => Over(new Walk.Saving(writer));

    private protected void Load(BinaryReader reader)
    {
        Release();
        Over(new Walk.Loading(reader, _parameter.device));
    }

    /// <summary>Takes over copies, in the parameter's type and on its device.</summary>
    private protected void Load(OptimizerState source)
    {
        if (ReferenceEquals(source, this)) return;
        CheckSame(source);
        using var mode = no_grad();
        var copies = source.Remembered()
            .Select(value => value is Tensor tensor ? tensor.to(_parameter.dtype, _parameter.device, copy: true).DetachFromDisposeScope() : value).ToList();
        Release();
        Over(new Walk.Filling(copies));
    }

    private protected void Move(Device device) => Over(new Walk.Filling(Remembered().Select(value =>
    {
        if (value is not Tensor tensor) return value;
        using var old = tensor;
        return old.to(device).DetachFromDisposeScope();
    })));

    private protected bool IsClose(OptimizerState other) =>
        other.GetType() == GetType() && Remembered().Zip(other.Remembered()).All(both => both.First is Tensor a ? both.Second is Tensor b && a.allclose(b) : Equals(both.First, both.Second));

    /// <summary>Another state of the same type and parameter, to be filled.</summary>
    internal OptimizerState Fresh()
    {
        try
        {
            return (OptimizerState)Activator.CreateInstance(GetType(), _parameter)!;
        }
        catch (MissingMethodException)
        {
            throw new InvalidOperationException($"The state {GetType().Name} needs a public constructor that takes the parameter, to be loaded.");
        }
    }

    internal void Release()
    {
        foreach (var tensor in Tensors) tensor.Dispose();
    }

    private void CheckSame(OptimizerState other)
    {
        if (other.GetType() != GetType()) throw new ArgumentException($"The state is of another optimizer: {other.GetType().DeclaringType?.Name}.");
    }

    internal void CheckFits(OptimizerState other)
    {
        CheckSame(other);
        foreach (var tensor in other.Tensors)
        {
            if (!tensor.shape.AsSpan().SequenceEqual(_parameter.shape))
                throw new ArgumentException($"The state is of a parameter of the shape [{string.Join(", ", tensor.shape)}], but the optimizer's has [{string.Join(", ", _parameter.shape)}].");
        }
    }
}
