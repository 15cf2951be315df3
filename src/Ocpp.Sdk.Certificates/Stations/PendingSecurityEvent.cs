namespace Ocpp.Certificates.Stations;

/// <summary>A security event that the CSMS has not confirmed yet, as a station's state keeps it.</summary>
/// <param name="Type">Which one, in the specification's words.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="TechInfo">More in words.</param>
internal sealed record PendingSecurityEvent(string Type, DateTimeOffset Timestamp, string TechInfo)
{
    public const string InvalidCertificate = "InvalidChargingStationCertificate"; // A02.FR.07
    public const string DiscardedRenewal = "DiscardedRenewedClientCertificate"; // A02.FR.29
}
