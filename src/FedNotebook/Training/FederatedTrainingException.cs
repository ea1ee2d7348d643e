namespace FedNotebook;

/// <summary>A federated training cannot go on. The model is that of the last whole round.</summary>
public sealed class FederatedTrainingException : FederatedException
{
    internal FederatedTrainingException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>What happened, and which model one has now.</summary>
    /// <param name="rounds">How many rounds are whole.</param>
    /// <param name="what">What happened, a sentence.</param>
    /// <param name="cause">Why, if an exception says so.</param>
    internal static FederatedTrainingException After(int rounds, string what, Exception? cause = null) => new($"{what} {ModelOf(rounds)}", cause);

    /// <summary>Which model one has, in a sentence.</summary>
    internal static string ModelOf(int rounds) => $"The model is {(rounds == 0 ? "as it was before the training" : $"that of round {rounds}")}.";
}
