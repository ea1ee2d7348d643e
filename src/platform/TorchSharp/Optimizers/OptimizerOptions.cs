namespace TorchSharp.Modules;

/// <summary>The settings of a group of parameters.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }
    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = Read(reader);
        LearningRate = Read(reader);
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    internal OptimizerOptions Copy() => (OptimizerOptions)MemberwiseClone();

    /// <summary>Takes from the defaults what was not given.</summary>
    internal virtual void Complete(OptimizerOptions defaults)
    {
    }

    private protected static double Read(BinaryReader reader) => reader.ReadDouble() is var number && double.IsFinite(number)
        ? number
        : throw new InvalidDataException("This is not the state of an optimizer, or it is damaged: a setting is not a number.");
}
