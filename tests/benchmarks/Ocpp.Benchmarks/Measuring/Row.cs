namespace Ocpp.Benchmarks.Measuring;

/// <summary>What was measured of one contender.</summary>
/// <param name="Payload">The payload's name.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Size">The size of what is read or written, in bytes, where it is one.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="MedianNs">The median over the rounds, in nanoseconds an operation.</param>
/// <param name="Ratio">The median over the rounds of this time by the base's time in the same round.</param>
/// <param name="AllocatedBytes">Bytes allocated an operation, where that was measured.</param>
/// <param name="RoundNs">The time of each round.</param>
internal sealed record Row(
    string Payload,
    string Operation,
    int? Size,
    string Contender,
    double MedianNs,
    double Ratio,
    long? AllocatedBytes,
    IReadOnlyList<double> RoundNs
)
{
    /// <summary>
    /// How many times faster this contender is than another of the same race: the median over the rounds.
    /// </summary>
    public double TimesFasterThan(Row other) =>
        Median.Of(other.RoundNs.Zip(RoundNs, static (theirs, ours) => theirs / ours));
}
