namespace Ocpp;

/// <summary>
/// No answer to a call came in time. The request was sent, and the peer may well have done what it asks. An
/// <see cref="OcppException"/> and not a <see cref="TimeoutException"/>, so that one <see langword="catch"/> sees every
/// way in which a call fails.
/// </summary>
public sealed class OcppTimeoutException : OcppException
{
    /// <summary>Initializes the exception.</summary>
    public OcppTimeoutException()
        : this("The response timed out.") { }

    /// <summary>Initializes the exception with a message.</summary>
    public OcppTimeoutException(string message)
        : base(message) { }

    /// <summary>Initializes the exception with a message and the cause.</summary>
    public OcppTimeoutException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Initializes the exception.</summary>
    /// <param name="action">The action that was called.</param>
    /// <param name="timeout">How long the answer was waited for.</param>
    public OcppTimeoutException(string action, TimeSpan timeout)
        : base($"{action}: no response within {timeout}.") { }
}
