using Ocpp.Security;

namespace Ocpp;

/// <summary>
/// A message of a vendor that is not accepted (DataTransfer): thrown where the peer responded so, and thrown by a
/// handler that responds so. What a handler puts in goes to the peer.
/// </summary>
public sealed class OcppDataTransferException : OcppException
{
    /// <summary>Initializes the exception for a message that is rejected.</summary>
    public OcppDataTransferException()
        : this(OcppDataTransferStatus.Rejected) { }

    /// <summary>Initializes the exception for a message that is rejected.</summary>
    /// <param name="reason">Why, for the peer.</param>
    public OcppDataTransferException(string reason)
        : this(reason, null) { }

    /// <summary>Initializes the exception for a message that is rejected, with the cause, which stays here.</summary>
    /// <param name="reason">Why, for the peer.</param>
    /// <param name="innerException">The cause.</param>
    public OcppDataTransferException(string reason, Exception? innerException)
        : base(MessageOf(OcppDataTransferStatus.Rejected, null, reason), innerException)
    {
        Status = OcppDataTransferStatus.Rejected;
        Reason = reason;
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="status">How the message is responded to; not <see cref="OcppDataTransferStatus.Accepted"/>.</param>
    /// <param name="reasonCode">
    /// A code for the reason, of 20 characters at most. OCPP 1.6 has no field for it and for
    /// <paramref name="reason"/>.
    /// </param>
    /// <param name="reason">
    /// The reason, of 512 characters at most. Sent with the code <c>Rejected</c> if there is none.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The status is accepted, or unknown.</exception>
    public OcppDataTransferException(OcppDataTransferStatus status, string? reasonCode = null, string? reason = null)
        : base(MessageOf(status, reasonCode, reason))
    {
        if (status is OcppDataTransferStatus.Accepted || !Enum.IsDefined(status))
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "The status is not one of a refusal.");
        }

        Status = status;
        ReasonCode = reasonCode;
        Reason = reason;
    }

    /// <summary>How the message was responded to.</summary>
    public OcppDataTransferStatus Status { get; }

    /// <summary>
    /// The code of the reason, if the peer gave one: as it was sent. The exception's message has it as
    /// <see cref="PrintableText"/> makes it.
    /// </summary>
    public string? ReasonCode { get; }

    /// <summary>The reason in words, if the peer gave one: as it was sent.</summary>
    public string? Reason { get; }

    private static string MessageOf(OcppDataTransferStatus status, string? reasonCode, string? reason)
    {
        string code = reasonCode is null ? "" : $" ({PrintableText.Of(reasonCode)})";
        string words = string.IsNullOrEmpty(reason) ? "." : $": {PrintableText.Of(reason)}";
        return $"The data transfer ended with {status}{code}{words}";
    }
}
