using Ocpp.Rpc;

namespace Ocpp;

/// <summary>
/// The peer's answer to a call was not a message of OCPP-J. The request was sent, and the peer may well have done what it
/// asks: it is not known what was answered.
/// </summary>
public sealed class OcppMalformedAnswerException : Exception
{
    /// <summary>Makes the exception.</summary>
    public OcppMalformedAnswerException()
        : this("The answer is malformed.")
    {
    }

    /// <summary>Makes the exception.</summary>
    public OcppMalformedAnswerException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception, with the cause.</summary>
    public OcppMalformedAnswerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal OcppMalformedAnswerException(in OcppFrameError error)
        : this($"The answer is malformed. {error.Description}")
    {
    }
}
