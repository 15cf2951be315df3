namespace Ocpp.Stress.Planning;

/// <summary>A step of a lane.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Call">The number of the call that is made or cancelled.</param>
/// <param name="Amount">Milliseconds, or how often to yield.</param>
internal sealed record Step(StepKind Kind, int Call = 0, int Amount = 0)
{
    public override string ToString() =>
        Kind switch
        {
            StepKind.Call or StepKind.Cancel => $"{Kind} {Call}",
            StepKind.Advance => $"{Kind} {Amount} ms",
            StepKind.Yield => $"{Kind} {Amount}",
            _ => $"{Kind}",
        };
}
