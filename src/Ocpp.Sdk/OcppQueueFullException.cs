namespace Ocpp;

/// <summary>
/// A call can't be made because as many as <see cref="OcppSessionOptions.MaxQueuedCalls"/> wait already: OCPP-J sends
/// one CALL after the other, and the peer answers more slowly than calls are made.
/// </summary>
public sealed class OcppQueueFullException : OcppException
{
    /// <summary>Makes the exception.</summary>
    public OcppQueueFullException()
        : this("The queue of calls is full.") { }

    /// <summary>Makes the exception.</summary>
    public OcppQueueFullException(string message)
        : base(message) { }

    /// <summary>Makes the exception.</summary>
    public OcppQueueFullException(string message, Exception innerException)
        : base(message, innerException) { }
}
