using Ocpp.Rpc;

namespace Ocpp.Tool.Checking;

/// <summary>What a payload is, and so what it must hold to.</summary>
/// <param name="Action">Its action.</param>
/// <param name="MessageType">
/// A CALL for a request, a CALLRESULT for a response, a SEND for a message that nothing answers.
/// </param>
internal readonly record struct PayloadType(OcppAction Action, OcppMessageType MessageType)
{
    /// <summary>Finds a payload by its message's name, such as <c>SignCertificateRequest</c>; case-sensitive.</summary>
    /// <returns><see langword="null"/> when no message has the name.</returns>
    public static PayloadType? Find(OcppProtocol protocol, string messageName) =>
        Find(protocol, messageName, "Request", OcppMessageType.Call)
        ?? Find(protocol, messageName, "Response", OcppMessageType.CallResult)
        ?? Find(protocol, messageName, "", OcppMessageType.Send);

    /// <summary>Lists what is wrong with a payload and is not accepted.</summary>
    public IReadOnlyList<OcppViolation> Check(ReadOnlySpan<byte> utf8Json, OcppReadOptions options)
    {
        bool isRequest = MessageType != OcppMessageType.CallResult;

        // Nearly every payload is valid, and reading it says so sooner than a list does.
        object? payload = isRequest
            ? Action.ReadRequest(utf8Json, out OcppViolation violation, options)
            : Action.ReadResponse(utf8Json, out violation, options);
        if (payload is not null)
        {
            return [];
        }

        // The list is empty when each violation would be accepted, but a required value is lost to one.
        IReadOnlyList<OcppViolation> violations = isRequest
            ? Action.CheckRequest(utf8Json, options)
            : Action.CheckResponse(utf8Json, options);
        return violations.Count > 0 ? violations : [violation];
    }

    private static PayloadType? Find(
        OcppProtocol protocol,
        string messageName,
        string suffix,
        OcppMessageType messageType
    ) =>
        messageName.EndsWith(suffix, StringComparison.Ordinal)
        && protocol.FindAction(messageName[..^suffix.Length]) is { } action
        && action.IsOneWay == (messageType == OcppMessageType.Send)
            ? new PayloadType(action, messageType)
            : null;
}
