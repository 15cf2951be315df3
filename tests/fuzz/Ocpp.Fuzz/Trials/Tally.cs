namespace Ocpp.Fuzz.Trials;

/// <summary>Counts of what the trials saw.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);

    public long Executions { get; set; }

    public long Bytes { get; set; }

    public long Judged { get; set; }

    public IReadOnlyDictionary<string, long> Kinds => _kinds;

    /// <summary>Differences from the second opinions, by the reason that is listed for them.</summary>
    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    public void CountKind(string kind) => _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;

    public void CountReason(string reason) => _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
}
