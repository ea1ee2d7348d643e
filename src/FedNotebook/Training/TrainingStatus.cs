namespace FedNotebook;

/// <summary>Where a training run stands.</summary>
public enum TrainingStatus
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>All rounds are done.</summary>
    Finished,

    /// <summary>The option StopWhen ended it.</summary>
    StoppedEarly,

    /// <summary>It was cancelled; the model is that of the last whole round.</summary>
    Cancelled,

    /// <summary>An error ended it; the model is that of the last whole round.</summary>
    Failed,
}
