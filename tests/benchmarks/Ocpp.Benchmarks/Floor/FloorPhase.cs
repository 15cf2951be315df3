namespace Ocpp.Benchmarks.Floor;

/// <summary>What both ends of a side have used over some seconds of calls.</summary>
internal sealed record FloorPhase(double Seconds, Usage Csms, Usage Stations)
{
    public static FloorPhase None { get; } = new(0, Usage.None, Usage.None);

    public double Rate => Stations.Trips / Seconds;

    public double CsmsMicroseconds => 1000 * Csms.ProcessorMs / Stations.Trips;

    public double StationsMicroseconds => 1000 * Stations.ProcessorMs / Stations.Trips;

    /// <summary>The milliseconds that both ends compiled.</summary>
    public double CompilingMs => Csms.CompilingMs + Stations.CompilingMs;

    public double CsmsBytes => (double)Csms.AllocatedBytes / Stations.Trips;

    public double StationsBytes => (double)Stations.AllocatedBytes / Stations.Trips;

    public static FloorPhase operator +(FloorPhase left, FloorPhase right) =>
        new(left.Seconds + right.Seconds, left.Csms + right.Csms, left.Stations + right.Stations);
}
