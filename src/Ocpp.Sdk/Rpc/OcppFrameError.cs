using Ocpp.Security;
using Ocpp.Validation;

namespace Ocpp.Rpc;

/// <summary>Why a message is not a frame. Its text holds nothing of the message.</summary>
/// <param name="MessageId">The message's id; <see cref="OcppFrame.UnreadableMessageId"/> when it can't be read.</param>
/// <param name="MessageType">What the message says it is; none when that can't be read or no version has it.</param>
/// <param name="ErrorCode">The error code of the CALLERROR that answers it.</param>
/// <param name="Description">What is wrong, in English, fit for a CALLERROR.</param>
public readonly record struct OcppFrameError(
    string MessageId,
    OcppMessageType? MessageType,
    OcppErrorCode ErrorCode,
    string Description
)
{
    /// <summary>
    /// The rule that was broken, by which an <see cref="OcppErrorMap"/> gives another <see cref="ErrorCode"/>.
    /// </summary>
    public OcppRule Rule =>
        ErrorCode switch
        {
            OcppErrorCode.RpcFrameworkError => OcppRule.UnreadableFrame,
            OcppErrorCode.MessageTypeNotSupported => OcppRule.UnknownMessageType,
            _ => OcppRule.InvalidFrame,
        };

    /// <summary>
    /// The error code, as the peer spelled it, of a CALLERROR or CALLRESULTERROR that is JSON but out of form, such as
    /// one without details; GenericError where it has none. <see langword="null"/> for all other messages.
    /// </summary>
    public string? ErrorCodeName { get; init; }

    /// <summary>
    /// Whether the message has a message type number that no version has, or that the protocol does not have.
    /// </summary>
    public bool HasUnknownMessageType { get; internal init; }

    /// <summary>
    /// The description of such a CALLERROR; may be empty. <see langword="null"/> for all other messages.
    /// </summary>
    public string? ErrorDescription { get; init; }

    /// <summary>
    /// Whether a CALLERROR is to be sent: never in answer to a CALLRESULT, CALLERROR, CALLRESULTERROR or SEND, which is
    /// dropped and reported. Protocols differ in the rest: <see cref="OcppProtocolRules.Answers"/>.
    /// </summary>
    public bool NeedsAnswer => HasUnknownMessageType || MessageType is null or OcppMessageType.Call;

    /// <summary>A message of a type that no version has, or that the protocol does not have.</summary>
    internal static OcppFrameError UnknownType(string messageId, OcppMessageType? type, string description) =>
        new(messageId, type, OcppErrorCode.MessageTypeNotSupported, description) { HasUnknownMessageType = true };

    /// <summary>The error code and the description, for a log.</summary>
    public override string ToString() => $"{ErrorCode}: {PrintableText.Of(Description)}";
}
