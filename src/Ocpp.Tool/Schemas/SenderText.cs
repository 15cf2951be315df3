using Ocpp.Rpc;

namespace Ocpp.Tool.Schemas;

/// <summary>Who sends a payload, in words.</summary>
internal static class SenderText
{
    /// <param name="sender">
    /// A value of <see cref="OcppParty"/> as the models name it; none when the schema does not say.
    /// </param>
    public static string Of(string? sender) =>
        sender switch
        {
            nameof(OcppParty.ChargingStation) => "the charging station",
            nameof(OcppParty.Csms) => "the CSMS",
            nameof(OcppParty.Both) => "either side",
            _ => "a side that the schema does not name",
        };
}
