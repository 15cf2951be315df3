namespace Ocpp.AspNetCore;

/// <summary>A part of the stations that are connected.</summary>
/// <param name="Stations">The stations, in the order of their identities.</param>
/// <param name="Next">
/// What to begin the next page with (<see cref="IOcppStations.ListAsync"/>); <see langword="null"/> after the last
/// page.
/// </param>
public sealed record OcppStationPage(IReadOnlyList<OcppStationConnection> Stations, string? Next);
