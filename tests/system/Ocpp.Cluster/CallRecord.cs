namespace Ocpp.Cluster;

/// <summary>A call that a node was asked to make.</summary>
/// <param name="Id">Its number, which goes to the station.</param>
/// <param name="Station">The identity of the station.</param>
/// <param name="Started">When the node was asked.</param>
/// <param name="Ended">When it answered.</param>
/// <param name="Answer">What it answered.</param>
internal sealed record CallRecord(string Id, string Station, TimeSpan Started, TimeSpan Ended, CallAnswer Answer)
{
    public bool IsAnswered => Answer.Connection > 0;

    public TimeSpan Time => Ended - Started;

    /// <summary>How long the machine was too busy for the trial meanwhile.</summary>
    public TimeSpan Stalled { get; init; }

    /// <summary>
    /// Whether the node that was asked was stopped meanwhile: that it does not answer in time is not its fault.
    /// </summary>
    public bool IsExcused { get; init; }

    public override string ToString() =>
        $"call {Id} to {Station} at {Started.TotalSeconds:0.0} s, {Time.TotalSeconds:0.0} s, "
        + $"stalled {Stalled.TotalSeconds:0.0} s: "
        + (IsAnswered ? $"answered by connection {Answer.Connection}" : Answer.Failure);
}
