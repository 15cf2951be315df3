namespace Ocpp.Benchmarks.Cluster;

/// <param name="WarmUp">Seconds of calls of each kind that nothing is measured of.</param>
/// <param name="Turn">Seconds of a turn, in which one node calls.</param>
/// <param name="Turns">How many turns each node has.</param>
internal sealed record TrialSettings(int WarmUp, int Turn, int Turns)
{
    public static TrialSettings Full { get; } = new(WarmUp: 10, Turn: 3, Turns: 15);

    public static TrialSettings Short { get; } = new(WarmUp: 2, Turn: 1, Turns: 3);
}
