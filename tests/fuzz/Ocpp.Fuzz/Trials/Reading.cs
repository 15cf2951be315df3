using Ocpp.EveryMessage;
using Ocpp.EveryMessage.Schemas;
using Ocpp.Fuzz.Inputs;
using Ocpp.Rpc;

namespace Ocpp.Fuzz.Trials;

/// <summary>What a reader made of a message: comparable, with a copy of whatever the frame was a view on.</summary>
/// <param name="Kind">How far it came.</param>
/// <param name="Error">Why it is no frame.</param>
/// <param name="MessageId">The frame's id.</param>
/// <param name="PayloadName">The payload's type.</param>
/// <param name="Payload">
/// The payload's bytes, or those of an error's details, in hexadecimal: compared by value.
/// </param>
/// <param name="Value">The record.</param>
/// <param name="Violation">Why there is none.</param>
internal sealed record Reading(
    ReadingKind Kind,
    OcppFrameError Error = default,
    string MessageId = "",
    string PayloadName = "",
    string Payload = "",
    object? Value = null,
    OcppViolation Violation = default
)
{
    public byte[] PayloadBytes => Convert.FromHexString(Payload);

    // A method: a record prints its properties, and only what was taken or refused has a type.
    public PayloadType GetPayloadType() => SchemaFile.Get(PayloadName).Type;

    public static Reading Of(Reader reader, ReadOnlySpan<byte> message, string answered)
    {
        if (!reader.TryReadFrame(message, out OcppFrame frame, out OcppFrameError error))
        {
            return new Reading(ReadingKind.NoFrame, error);
        }

        if (frame.IsError)
        {
            return new Reading(
                ReadingKind.Error,
                MessageId: frame.MessageId,
                PayloadName: $"{frame.ErrorCodeName} {frame.ErrorDescription}",
                Payload: Convert.ToHexString(frame.ErrorDetails)
            );
        }

        string payload = Convert.ToHexString(frame.Payload);
        if (NameOf(frame, answered) is not { } name)
        {
            return new Reading(
                ReadingKind.UnknownAction,
                MessageId: frame.MessageId,
                PayloadName: frame.Action,
                Payload: payload
            );
        }

        return reader.TryParse(SchemaFile.Get(name).Type, frame.Payload, out object? value, out OcppViolation violation)
            ? new Reading(ReadingKind.Taken, default, frame.MessageId, name, payload, value)
            : new Reading(ReadingKind.Refused, default, frame.MessageId, name, payload, null, violation);
    }

    public static Reading Of(Reader reader, Input input) => Of(reader, input.Frame, input.Answered);

    /// <summary>
    /// The payload's type; none for a CALL or SEND of what the protocol does not have in this form.
    /// </summary>
    private static string? NameOf(OcppFrame frame, string answered) =>
        frame.MessageType == OcppMessageType.CallResult ? answered + "Response"
        : Protocol.Instance.FindAction(frame.Utf8Action) is { } action
        && action.IsOneWay == (frame.MessageType == OcppMessageType.Send)
            ? PayloadType.PayloadsOf(action)[0].Name
        : null;
}
