namespace Ocpp;

/// <summary>
/// The base of what the peer and the network can make a call or a connection fail with: one <see langword="catch"/> for
/// a caller that has no use for the kinds.
/// </summary>
/// <remarks>
/// Mistakes of the caller are not among them: <see cref="ArgumentException"/>, <see cref="InvalidOperationException"/>,
/// and <see cref="OcppValidationException"/> for a request that breaks rules of its message. Neither is
/// <see cref="OperationCanceledException"/>, which the caller has asked for.
/// </remarks>
public class OcppException : Exception
{
    /// <summary>Initializes the exception.</summary>
    public OcppException() { }

    /// <summary>Initializes the exception with a message.</summary>
    public OcppException(string message)
        : base(message) { }

    /// <summary>Initializes the exception with a message and the cause.</summary>
    public OcppException(string message, Exception? innerException)
        : base(message, innerException) { }
}
