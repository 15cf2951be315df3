using Ocpp.AspNetCore.Stations;

namespace Ocpp.AspNetCore;

/// <summary>Shorter ways to use <see cref="IOcppStations"/>.</summary>
public static class OcppStationsExtensions
{
    /// <summary>
    /// Makes the calls to one station, for code that takes an <see cref="IOcppCaller"/>. The station is looked for at
    /// each call: it may connect anew in between, to another node too.
    /// </summary>
    /// <param name="stations">The stations.</param>
    /// <param name="identity">The identity of the station, which need not be connected yet.</param>
    public static IOcppCaller Station(this IOcppStations stations, string identity)
    {
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(identity);
        return new StationCaller(stations, identity);
    }
}
