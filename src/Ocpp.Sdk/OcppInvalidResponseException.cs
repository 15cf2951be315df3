using Ocpp.Rpc;

namespace Ocpp;

/// <summary>
/// The peer's answer to a call is invalid: it is not a message of OCPP-J, or the response breaks rules of its message
/// (<see cref="Violation"/>). The request was sent, and the peer may well have done what it asks: it is not known what
/// was answered.
/// </summary>
public sealed class OcppInvalidResponseException : OcppException
{
    /// <summary>Initializes the exception for an answer that is not a message of OCPP-J.</summary>
    public OcppInvalidResponseException()
        : this("The response is malformed.") { }

    /// <summary>Initializes the exception for an answer that is not a message of OCPP-J.</summary>
    public OcppInvalidResponseException(string message)
        : base(message) { }

    /// <summary>Initializes the exception for an answer that is not a message of OCPP-J, with the cause.</summary>
    public OcppInvalidResponseException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Initializes the exception for a response that breaks a rule of its message.</summary>
    public OcppInvalidResponseException(OcppViolation violation)
        : base($"The response is invalid. {violation}") => Violation = violation;

    internal OcppInvalidResponseException(in OcppFrameError error)
        : this($"The response is malformed. {error.Description}") { }

    /// <summary>
    /// The first rule that the response breaks; <see langword="null"/> if the answer is not a message of OCPP-J.
    /// </summary>
    public OcppViolation? Violation { get; }
}
