namespace Ocpp.Rpc;

/// <summary>The rules of the published versions.</summary>
internal static class KnownProtocolRules
{
    private static readonly OcppProtocolRules s_v16 = (
        OcppProtocolRules.Default with
        {
            AnswersUnreadableIds = false,
            HasSignedMessages = false,
        }
    )
        .WithName(OcppErrorCode.FormatViolation, "FormationViolation")
        .WithName(OcppErrorCode.OccurrenceConstraintViolation, "OccurenceConstraintViolation")
        .WithName(OcppErrorCode.MessageTypeNotSupported, "GenericError")
        .WithName(OcppErrorCode.RpcFrameworkError, "GenericError");

    private static readonly OcppProtocolRules s_v21 = OcppProtocolRules.Default with
    {
        MessageTypes = Enum.GetValues<OcppMessageType>(),
        IgnoresUnknownMessageTypes = true,
        MessageIdScope = OcppMessageIdScope.Station,
    };

    /// <summary>Finds rules: the only place of this library that knows versions by their names.</summary>
    /// <returns><see langword="null"/> if the protocol is not a published version.</returns>
    public static OcppProtocolRules? Find(string subprotocol) =>
        subprotocol switch
        {
            "ocpp1.6" => s_v16,
            "ocpp2.0.1" => OcppProtocolRules.Default,
            "ocpp2.1" => s_v21,
            _ => null,
        };
}
