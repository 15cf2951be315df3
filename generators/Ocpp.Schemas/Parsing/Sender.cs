namespace Ocpp.Schemas.Parsing;

/// <summary>
/// The keyword <c>x-sender</c>: who sends a payload. OCPP's own schema files lack it, so it may be absent; the
/// specification says it in prose.
/// </summary>
internal static class Sender
{
    public const string Keyword = "x-sender";

    /// <summary>Who sends the payload of a file, as a value of <c>Ocpp.Rpc.OcppParty</c>.</summary>
    public static string? Read(JsonObjectSyntax root) =>
        (root[Keyword] as JsonStringSyntax)?.Value switch
        {
            "ChargingStation" => "ChargingStation",
            "CSMS" => "Csms",
            "both" => "Both",
            _ => null,
        };
}
