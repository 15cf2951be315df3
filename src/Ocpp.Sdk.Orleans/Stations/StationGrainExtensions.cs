namespace Ocpp.Orleans.Stations;

/// <summary>Finds the grain of a station.</summary>
internal static class StationGrainExtensions
{
    /// <summary>The grain of a station, however its identity is spelled.</summary>
    public static IStationGrain GetStation(this IGrainFactory grains, string identity) =>
        grains.GetGrain<IStationGrain>(identity.ToUpperInvariant());
}
