using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// Brings the first version of a station's state file up to date: it named what a certificate is for by the type of
/// OCPP 2.0.1, and left it out for a combined certificate.
/// </summary>
internal static class StationStateVersion1
{
    public const int Version = 1;

    private const string Type = "certificateType";
    private const string Uses = "uses";

    /// <summary>Reads a state in its first version, as one in the current version.</summary>
    /// <exception cref="JsonException">The state is damaged.</exception>
    public static StationState? Read(string text)
    {
        try
        {
            JsonObject state = JsonNode.Parse(text)!.AsObject();
            state["version"] = StationState.CurrentVersion;
            foreach (string name in (string[])["chargingStation", "v2G"])
            {
                if (state[name] is JsonObject held)
                {
                    Upgrade(held);
                }
            }

            foreach (string name in (string[])["candidates", "pending", "renewals"])
            {
                foreach (JsonNode? item in state[name]?.AsArray() ?? [])
                {
                    Upgrade(item?.AsObject());
                }
            }

            return state.Deserialize(StationStateJson.Default.StationState);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Another kind of value than expected, or a duplicate property.
            throw new JsonException("The state is damaged.", exception);
        }
    }

    private static void Upgrade(JsonObject? item)
    {
        if (item is null)
        {
            return;
        }

        CertificateUses uses = item[Type]?.GetValue<string>() switch
        {
            null => CertificateUses.Combined,
            "ChargingStationCertificate" => CertificateUses.CsmsConnection,
            "V2GCertificate" => CertificateUses.Iso15118,
            _ => throw new JsonException("The type of a certificate is unknown."),
        };
        item.Remove(Type);
        item.Add(Uses, uses.ToString());
    }
}
