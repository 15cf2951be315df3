using Ocpp.Versions;

namespace Ocpp.Stations;

/// <summary>The CSMS's response to a BootNotification.</summary>
/// <param name="Status">Whether the CSMS accepts the station.</param>
/// <param name="CurrentTime">The clock of the CSMS.</param>
/// <param name="Interval">
/// If Accepted, the interval of heartbeats; otherwise the shortest wait until the next BootNotification. Zero leaves it
/// to the station.
/// </param>
public sealed record StationRegistration(OcppRegistrationStatus Status, DateTimeOffset CurrentTime, TimeSpan Interval);
