using Ocpp.Benchmarks.Floor;

namespace Ocpp.Benchmarks.Cluster;

/// <summary>Some seconds in which one node calls, and what each process has used.</summary>
/// <param name="Seconds">How long it was.</param>
/// <param name="Trips">The calls that were answered.</param>
/// <param name="Holder">The node that has the stations.</param>
/// <param name="Other">The node that has none.</param>
/// <param name="Stations">The stations.</param>
internal sealed record Turn(double Seconds, int Trips, Usage Holder, Usage Other, Usage Stations)
{
    public double Rate => Trips / Seconds;

    public double HolderMicroseconds => PerTrip(Holder);

    public double OtherMicroseconds => PerTrip(Other);

    public double NodesMicroseconds => HolderMicroseconds + OtherMicroseconds;

    public double StationsMicroseconds => PerTrip(Stations);

    public double AllMicroseconds => NodesMicroseconds + StationsMicroseconds;

    public double NodesBytes => (double)(Holder.AllocatedBytes + Other.AllocatedBytes) / Trips;

    private double PerTrip(Usage usage) => 1000 * usage.ProcessorMs / Trips;
}
