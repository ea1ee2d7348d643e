namespace FedNotebook.Kernel;

/// <summary>A mistake that the user can put right. Its message is one sentence for the console; it is shown without a stack trace.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
