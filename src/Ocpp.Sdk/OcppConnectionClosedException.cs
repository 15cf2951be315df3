namespace Ocpp;

/// <summary>A call can't be made, or will not be answered any more, because the connection is closed.</summary>
public sealed class OcppConnectionClosedException : OcppException
{
    /// <summary>Makes the exception for a connection that was lost.</summary>
    public OcppConnectionClosedException()
        : this(new OcppCloseReason(OcppCloseKind.Lost)) { }

    /// <summary>Makes the exception for a connection that was lost.</summary>
    public OcppConnectionClosedException(string message)
        : this(message, null) { }

    /// <summary>Makes the exception for a connection that was lost, with the cause.</summary>
    public OcppConnectionClosedException(string message, Exception? innerException)
        : base(message, innerException) =>
        Reason = new OcppCloseReason(OcppCloseKind.Lost) { Exception = innerException };

    /// <summary>Makes the exception.</summary>
    public OcppConnectionClosedException(OcppCloseReason reason)
        : base($"The connection is closed: {reason}", reason?.Exception)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    /// <summary>Why the connection was closed.</summary>
    public OcppCloseReason Reason { get; }
}
