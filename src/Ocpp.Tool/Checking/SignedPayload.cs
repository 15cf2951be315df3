using Ocpp.Rpc;
using Ocpp.SignedMessages;

namespace Ocpp.Tool.Checking;

/// <summary>The payload within a signed message (part 4, section 7). Its signature is not verified.</summary>
internal static class SignedPayload
{
    /// <summary>Finds the action of a request, which may be signed.</summary>
    /// <returns><see langword="null"/> if the version has no such action for such a message.</returns>
    public static OcppAction? FindAction(in OcppFrame frame, CheckedProtocol protocol, out bool isSigned)
    {
        isSigned = SignedMessage.TryGetAction(frame.Utf8Action, out ReadOnlySpan<byte> signed);
        isSigned &= protocol.Rules.HasSignedMessages;

        // A CALL has no action that nothing answers, and a SEND no other.
        OcppAction? action = protocol.Protocol.FindAction(isSigned ? signed : frame.Utf8Action);
        return action?.IsOneWay == (frame.MessageType == OcppMessageType.Send) ? action : null;
    }

    /// <summary>Whether an answer has the form of a signed one.</summary>
    public static bool IsSigned(in OcppFrame frame, CheckedProtocol protocol) =>
        protocol.Rules.HasSignedMessages
        && frame.MessageType == OcppMessageType.CallResult
        && frame.Payload.IndexOf("\"protected\""u8) >= 0
        && SignedMessage.IsSigned(frame);

    /// <summary>Lists what is wrong with a signed message, or with the payload within it.</summary>
    public static IReadOnlyList<OcppViolation> Check(in OcppFrame frame, PayloadType type, OcppReadOptions options) =>
        SignedMessage.TryRead(
            frame,
            type.Action.Name,
            options.ErrorMap,
            out UnverifiedMessage message,
            out OcppViolation violation
        )
            ? type.Check(message.Payload, options)
            : [violation];
}
