using System.Collections.Concurrent;

namespace Cluster;

/// <summary>Why calls failed.</summary>
internal sealed class Failures
{
    private readonly ConcurrentDictionary<string, int> _reasons = new();

    /// <summary>How many calls failed.</summary>
    public int Count => _reasons.Values.Sum();

    /// <summary>The reasons, the most frequent first.</summary>
    public IEnumerable<(string Reason, int Count)> Reasons =>
        _reasons.OrderByDescending(reason => reason.Value).Select(reason => (reason.Key, reason.Value));

    public void Add(string station, string reason) =>
        // The same reason for all stations, where it names one.
        _reasons.AddOrUpdate(reason.Replace(station, "X", StringComparison.Ordinal), 1, (_, count) => count + 1);
}
