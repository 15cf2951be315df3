using System.Text.Json;
using Ocpp.Security;

namespace Ocpp;

/// <summary>
/// A CALLERROR: thrown where a call was answered with one, and thrown by a handler that answers with one. What a
/// handler puts in goes to the peer.
/// </summary>
public sealed class OcppCallErrorException : OcppException
{
    /// <summary>Makes the error with the code <see cref="OcppErrorCode.GenericError"/> and no description.</summary>
    public OcppCallErrorException()
        : this(OcppErrorCode.GenericError) { }

    /// <summary>Makes the error with the code <see cref="OcppErrorCode.GenericError"/>.</summary>
    public OcppCallErrorException(string errorDescription)
        : this(OcppErrorCode.GenericError, errorDescription) { }

    /// <summary>
    /// Makes the error with the code <see cref="OcppErrorCode.GenericError"/> and its cause, which stays here.
    /// </summary>
    public OcppCallErrorException(string errorDescription, Exception innerException)
        : base(MessageOf(nameof(OcppErrorCode.GenericError), errorDescription), innerException)
    {
        ErrorCode = OcppErrorCode.GenericError;
        ErrorCodeName = ErrorCode.ToWireName();
        ErrorDescription = errorDescription;
    }

    /// <summary>Makes the error.</summary>
    /// <param name="errorCode">One of the twelve.</param>
    /// <param name="errorDescription">What went wrong, for the peer; at most 255 code points are sent.</param>
    public OcppCallErrorException(OcppErrorCode errorCode, string errorDescription = "")
        : this(errorCode, errorCode.ToWireName(), errorDescription, null) { }

    internal OcppCallErrorException(
        OcppErrorCode errorCode,
        string errorCodeName,
        string errorDescription,
        JsonElement? errorDetails
    )
        : base(MessageOf(errorCodeName, errorDescription))
    {
        ErrorCode = errorCode;
        ErrorCodeName = errorCodeName;
        ErrorDescription = errorDescription;
        ErrorDetails = errorDetails;
    }

    /// <summary>The error code; <see cref="OcppErrorCode.GenericError"/> when the peer sent an unknown one.</summary>
    public OcppErrorCode ErrorCode { get; }

    /// <summary>
    /// The error code as it was spelled on the wire, whatever it is: <see cref="PrintableText"/> makes it safe to show.
    /// </summary>
    public string ErrorCodeName { get; }

    /// <summary>
    /// What went wrong, in the peer's words; may be empty. The exception's message has it as
    /// <see cref="PrintableText"/> makes it; here it is what was sent.
    /// </summary>
    public string ErrorDescription { get; }

    /// <summary>What the peer added: a JSON object; none in an error that was not received.</summary>
    public JsonElement? ErrorDetails { get; }

    private static string MessageOf(string code, string description) =>
        description.Length == 0
            ? $"The call failed with {PrintableText.Of(code)}."
            : $"The call failed with {PrintableText.Of(code)}: {PrintableText.Of(description)}";
}
