namespace Ocpp.AspNetCore;

/// <summary>A station has connected, or its connection has ended.</summary>
/// <param name="Station">The connection.</param>
/// <param name="IsConnected"><see langword="false"/> if it has ended.</param>
/// <param name="Reason">
/// Why it has ended, as a sentence for a log; <see langword="null"/> if the station has connected.
/// </param>
public sealed record OcppStationChange(OcppStationConnection Station, bool IsConnected, string? Reason = null);
