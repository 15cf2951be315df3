using System.Net;

namespace Ocpp;

/// <summary>A connection to a CSMS could not be opened.</summary>
public sealed class OcppConnectionFailedException : OcppException
{
    /// <summary>Makes the exception without a named reason.</summary>
    public OcppConnectionFailedException()
        : this("The connection could not be opened.") { }

    /// <summary>Makes the exception without a named reason.</summary>
    public OcppConnectionFailedException(string message)
        : this(message, null) { }

    /// <summary>Makes the exception without a named reason, with the cause.</summary>
    public OcppConnectionFailedException(string message, Exception? innerException)
        : this(OcppConnectionFailure.Other, message, innerException) { }

    /// <summary>Makes the exception: for an <see cref="OcppClientOptions.Transport"/> that knows the reason.</summary>
    public OcppConnectionFailedException(OcppConnectionFailure reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why the connection could not be opened.</summary>
    public OcppConnectionFailure Reason { get; }

    /// <summary>The HTTP status with which the CSMS answered, where it did.</summary>
    public HttpStatusCode? Status { get; init; }
}
