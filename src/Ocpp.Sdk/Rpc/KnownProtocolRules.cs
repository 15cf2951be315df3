namespace Ocpp.Rpc;

/// <summary>The rules of the published versions.</summary>
internal static class KnownProtocolRules
{
    // The only place of this library where a version has a name: a row for each, and no code that looks for one.
    private static readonly Dictionary<string, OcppProtocolRules> s_rules = new(StringComparer.Ordinal)
    {
        ["ocpp1.6"] = OcppProtocolRules.Default with
        {
            AnswersUnreadableIds = false,
            ErrorCodeNames = new Dictionary<OcppErrorCode, string>(OcppProtocolRules.Default.ErrorCodeNames)
            {
                [OcppErrorCode.FormatViolation] = "FormationViolation",
                [OcppErrorCode.OccurrenceConstraintViolation] = "OccurenceConstraintViolation",
                [OcppErrorCode.MessageTypeNotSupported] = "GenericError",
                [OcppErrorCode.RpcFrameworkError] = "GenericError",
            },
        },
        ["ocpp2.0.1"] = OcppProtocolRules.Default,
        ["ocpp2.1"] = OcppProtocolRules.Default with
        {
            MessageTypes =
            [
                OcppMessageType.Call,
                OcppMessageType.CallResult,
                OcppMessageType.CallError,
                OcppMessageType.CallResultError,
                OcppMessageType.Send,
            ],
            IgnoresUnknownMessageTypes = true,
            MessageIdScope = OcppMessageIdScope.Station,
        },
    };

    /// <returns><see langword="null"/> if the protocol is not a published version.</returns>
    public static OcppProtocolRules? Find(string subprotocol) => s_rules.GetValueOrDefault(subprotocol);
}
