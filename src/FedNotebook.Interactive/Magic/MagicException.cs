namespace FedNotebook.Magic;

/// <summary>Why a magic command was not run, or did not work.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="cause">The error of the statement, if it was run.</param>
internal sealed class MagicException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The error in which the statement would end.</summary>
    internal MagicException(Exception cause) : this(cause.Message, cause)
    {
    }
}
