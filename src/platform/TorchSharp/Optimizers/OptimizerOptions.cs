namespace TorchSharp.Modules;

/// <summary>The settings of a group of parameters.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }
    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        var walk = new Walk.Saving(writer);
        walk.On(InitialLearningRate);
        walk.On(LearningRate);
        Over(walk);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        var walk = new Walk.Loading(reader);
        InitialLearningRate = walk.On(InitialLearningRate);
        LearningRate = walk.On(LearningRate);
        Over(walk);
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        CheckSame(source);
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
        Over(new Walk.Filling(source.Settings()));
    }

    internal OptimizerOptions Copy() => (OptimizerOptions)MemberwiseClone();

    /// <summary>Takes from the defaults what was not given.</summary>
    internal void Complete(OptimizerOptions defaults)
    {
        CheckSame(defaults);
        Over(new Walk.Filling(Settings().Zip(defaults.Settings(), (own, given) => own ?? given)));
    }

    // The user's own settings are the user's own affair.
    private void CheckSame(OptimizerOptions other)
    {
        if (GetType() != other.GetType() && Settings().Count + other.Settings().Count > 0)
            throw new ArgumentException($"Settings of two optimizers do not go together: {GetType().DeclaringType?.Name ?? GetType().Name} and {other.GetType().DeclaringType?.Name ?? other.GetType().Name}.");
    }

    /// <summary>Over the settings of the one optimizer; the rates, which all have, are not among them.</summary>
    private protected virtual void Over(Walk walk)
    {
    }

    private List<object?> Settings()
    {
        var listing = new Walk.Listing();
        Over(listing);
        return listing.Seen;
    }
}
