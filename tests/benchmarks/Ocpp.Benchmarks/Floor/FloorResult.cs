namespace Ocpp.Benchmarks.Floor;

/// <summary>What one pair of processes has used.</summary>
/// <param name="Cold">At first.</param>
internal sealed record FloorResult(FloorPhase Cold)
{
    /// <summary>In all turns after that.</summary>
    public FloorPhase Steady { get; set; } = FloorPhase.None;

    public FloorPhase Whole => Cold + Steady;
}
