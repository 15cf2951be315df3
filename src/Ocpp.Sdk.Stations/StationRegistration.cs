namespace Ocpp.Stations;

/// <summary>The CSMS's response to a BootNotification.</summary>
/// <param name="State">Pending, Rejected or Accepted.</param>
/// <param name="CurrentTime">The clock of the CSMS.</param>
/// <param name="Interval">
/// If Accepted, the interval of heartbeats; otherwise the shortest wait until the next BootNotification. Zero leaves it
/// to the station.
/// </param>
public sealed record StationRegistration(StationRegistrationState State, DateTimeOffset CurrentTime, TimeSpan Interval);
