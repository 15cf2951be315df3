namespace Ocpp.Benchmarks.Floor;

/// <param name="WarmUp">Seconds of calls that nothing is measured of.</param>
/// <param name="Cold">Seconds of calls after them, of which much is not compiled to its end yet.</param>
/// <param name="Turn">Seconds of a turn after that, in which one side calls and the others are idle.</param>
/// <param name="Turns">How many turns each side has.</param>
/// <param name="Rounds">How often all of it is done, each time with new processes.</param>
internal sealed record FloorSettings(int WarmUp, int Cold, int Turn, int Turns, int Rounds)
{
    public static FloorSettings Full { get; } = new(WarmUp: 2, Cold: 6, Turn: 2, Turns: 10, Rounds: 3);

    public static FloorSettings Short { get; } = new(WarmUp: 2, Cold: 6, Turn: 1, Turns: 5, Rounds: 1);
}
