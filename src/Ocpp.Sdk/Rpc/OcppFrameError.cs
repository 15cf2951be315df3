namespace Ocpp;

/// <summary>Why a message is no frame. Holds nothing of the message but its id.</summary>
/// <param name="MessageId">The message's id; <see cref="OcppFrame.UnreadableMessageId"/> when it can't be read.</param>
/// <param name="MessageType">What the message says it is; none when that can't be read or is unknown.</param>
/// <param name="ErrorCode">The error code of the CALLERROR that answers it.</param>
/// <param name="Description">What is wrong, in English, fit for a CALLERROR.</param>
public readonly record struct OcppFrameError(
    string MessageId,
    OcppMessageType? MessageType,
    OcppErrorCode ErrorCode,
    string Description)
{
    /// <summary>
    /// Whether a CALLERROR is to be sent: never in answer to a CALLRESULT, CALLERROR or SEND, which is dropped and reported.
    /// </summary>
    public bool NeedsAnswer => MessageType is null or OcppMessageType.Call;

    /// <summary>The error code and the description, for a log.</summary>
    public override string ToString() => $"{ErrorCode}: {PrintableText.Of(Description)}";
}
