namespace Ocpp.Cluster;

/// <summary>What must hold for the calls of a trial.</summary>
internal static class CallRules
{
    /// <summary>What the failure of a call begins with that has no reason an application could act on.</summary>
    public const string NoReason = "An unexpected failure:";

    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <summary>Compares the calls with what the stations got.</summary>
    /// <param name="calls">The calls that nodes were asked to make.</param>
    /// <param name="received">How often each call came to a station.</param>
    /// <param name="demand">Takes a rule, and where it does not hold.</param>
    public static void Judge(
        IReadOnlyList<CallRecord> calls,
        IReadOnlyDictionary<string, int> received,
        Action<string, IEnumerable<string>> demand
    )
    {
        demand("calls were answered", calls.Any(call => call.IsAnswered) ? [] : ["none was"]);
        demand(
            "a call is answered, or fails with a reason",
            Where(calls, call => !call.IsAnswered && IsWithoutReason(call.Answer.Failure))
        );
        demand(
            "within 10 seconds, without the time that the machine was too busy for the trial",
            Where(calls, call => call.Time - call.Stalled > MaxTime && !call.IsExcused)
        );
        demand(
            "a call that is answered came to its station",
            Where(calls, call => call.IsAnswered && !received.ContainsKey(call.Id))
        );
        demand(
            "a call to a station that is not connected did not come to it",
            Where(calls, call => call.Answer.IsNotConnected && received.ContainsKey(call.Id))
        );
        demand(
            "no call came to a station twice",
            received.Where(one => one.Value > 1).Select(one => $"call {one.Key}: {one.Value} times")
        );
        demand(
            "no connection answers once a newer one of its station has",
            calls.GroupBy(call => call.Station).SelectMany(FindOlder)
        );
    }

    /// <summary>
    /// Finds calls that were answered by a connection although, before they were begun, a newer one had answered: then
    /// two were in use at once.
    /// </summary>
    private static IEnumerable<string> FindOlder(IEnumerable<CallRecord> ofStation)
    {
        CallRecord[] byStart = [.. ofStation.Where(call => call.IsAnswered).OrderBy(call => call.Started)];
        var byEnd = new Queue<CallRecord>(byStart.OrderBy(call => call.Ended));
        CallRecord? newest = null;
        foreach (CallRecord call in byStart)
        {
            while (byEnd.TryPeek(out CallRecord? ended) && ended.Ended < call.Started)
            {
                newest = newest?.Answer.Connection > ended.Answer.Connection ? newest : ended;
                byEnd.Dequeue();
            }

            if (newest?.Answer.Connection > call.Answer.Connection)
            {
                yield return $"{call}, after {newest}";
            }
        }
    }

    private static bool IsWithoutReason(string failure) =>
        failure.Length == 0 || failure.StartsWith(NoReason, StringComparison.Ordinal);

    private static IEnumerable<string> Where(IEnumerable<CallRecord> calls, Func<CallRecord, bool> isBroken) =>
        calls.Where(isBroken).Select(call => call.ToString());
}
