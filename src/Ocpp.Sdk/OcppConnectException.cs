using System.Net;

namespace Ocpp;

/// <summary>A connection to a CSMS could not be opened.</summary>
public sealed class OcppConnectException : Exception
{
    /// <summary>Makes the exception without a named reason.</summary>
    public OcppConnectException()
        : this("The connection could not be opened.")
    {
    }

    /// <summary>Makes the exception without a named reason.</summary>
    public OcppConnectException(string message)
        : this(message, null)
    {
    }

    /// <summary>Makes the exception without a named reason, with the cause.</summary>
    public OcppConnectException(string message, Exception? innerException)
        : this(OcppConnectFailure.Other, message, innerException)
    {
    }

    /// <summary>Makes the exception: for an <see cref="OcppClientOptions.Transport"/> that knows the reason.</summary>
    public OcppConnectException(OcppConnectFailure reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why the connection could not be opened.</summary>
    public OcppConnectFailure Reason { get; }

    /// <summary>The HTTP status with which the CSMS answered, where it did.</summary>
    public HttpStatusCode? Status { get; init; }
}
