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

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device? device)
    {
        var found = reader.ReadBoolean() ? Read(reader, device) : null;
        result?.Dispose();
        result = found;
    }

    /// <summary>What is owned and disposed of here; the states of the user's own optimizers see to theirs.</summary>
    internal virtual IEnumerable<Tensor> Tensors => [];

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

    internal void CheckFits(OptimizerState other)
    {
        if (other.GetType() != GetType()) throw new ArgumentException($"The state is of another optimizer: {other.GetType().DeclaringType?.Name}.");
        foreach (var tensor in other.Tensors)
        {
            if (!tensor.shape.AsSpan().SequenceEqual(_parameter.shape))
                throw new ArgumentException($"The state is of a parameter of the shape [{string.Join(", ", tensor.shape)}], but the optimizer's has [{string.Join(", ", _parameter.shape)}].");
        }
    }

    private protected static long ReadCount(BinaryReader reader) => reader.ReadInt64() is >= 0 and var count
        ? count
        : throw new InvalidDataException("This is not the state of an optimizer, or it is damaged: it counts fewer than no steps.");

    private protected static double ReadNumber(BinaryReader reader) => reader.ReadDouble() is var number && double.IsFinite(number)
        ? number
        : throw new InvalidDataException("This is not the state of an optimizer, or it is damaged: a number of it is none.");

    private protected static Tensor Read(BinaryReader reader, Device? device)
    {
        var tensor = Tensor.Load(reader);
        if (device is not null && device.type != DeviceType.CPU)
        {
            using var here = tensor;
            tensor = here.to(device);
        }

        return tensor.DetachFromDisposeScope();
    }

    /// <summary>A copy in the parameter's type and on its device.</summary>
    private protected Tensor? Copy(Tensor? source)
    {
        if (source is null) return null;
        using var mode = no_grad();
        return source.to(_parameter.dtype, _parameter.device, copy: true).DetachFromDisposeScope();
    }

    private protected static Tensor? Moved(Tensor? tensor, Device device)
    {
        if (tensor is null) return null;
        using var old = tensor;
        return old.to(device).DetachFromDisposeScope();
    }

    private protected static bool Close(Tensor? a, Tensor? b) => a is null ? b is null : b is not null && a.allclose(b);
}
