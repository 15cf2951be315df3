namespace Ocpp.Cluster;

/// <summary>Whether the rules find what they are for: each fault is planted in books that are in order.</summary>
internal static class SelfCheck
{
    private static readonly CallRecord s_first = Call("1", 0, 1, 1);
    private static readonly CallRecord s_second = Call("2", 2, 3, 2);

    /// <returns>The exit code of the process.</returns>
    public static int Run()
    {
        Dictionary<string, int> received = new() { ["1"] = 1, ["2"] = 1 };
        var failed = new CallAnswer(0, "The station is not connected.", IsNotConnected: true);
        bool[] results =
        [
            IsFound("nothing", [s_first, s_second], received, null),
            IsFound("no calls", [], [], "calls were answered"),
            IsFound(
                "a failure without a reason",
                [s_first, s_second with { Answer = new CallAnswer(0, "", false) }],
                received,
                "a call is answered, or fails with a reason"
            ),
            IsFound(
                "an unexpected failure",
                [s_first, s_second with { Answer = new CallAnswer(0, $"{CallRules.NoReason} 500", false) }],
                received,
                "a call is answered, or fails with a reason"
            ),
            IsFound(
                "a call of eleven seconds",
                [s_first, s_second with { Ended = TimeSpan.FromSeconds(13) }],
                received,
                "within 10 seconds, without the time that the machine was too busy for the trial"
            ),
            IsFound(
                "an answer from nowhere",
                [s_first, s_second],
                new() { ["1"] = 1 },
                "a call that is answered came to its station"
            ),
            IsFound(
                "a station that was not connected, and called",
                [s_first, s_second with { Answer = failed }],
                received,
                "a call to a station that is not connected did not come to it"
            ),
            IsFound(
                "a call that came twice",
                [s_first, s_second],
                new() { ["1"] = 2, ["2"] = 1 },
                "no call came to a station twice"
            ),
            IsFound(
                "an older connection that answers",
                [s_second, Call("1", 4, 5, 1)],
                received,
                "no connection answers once a newer one of its station has"
            ),
            IsFound("two connections that answer at the same time", [s_second, Call("1", 2.5, 3.5, 1)], received, null),
            Differs("a station where it is", [new("CS-1", "a")], 0),
            Differs("a station that is listed twice", [new("CS-1", "a"), new("CS-1", "b")], 1),
            Differs("a station that is not listed", [], 1),
            Differs("a station that is elsewhere", [new("CS-1", "b")], 1),
            Differs("a station that does not exist", [new("CS-1", "a"), new("CS-2", "a")], 1),
        ];
        return Array.TrueForAll(results, isRight => isRight) ? 0 : 1;
    }

    /// <param name="planted">What is wrong with the books.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="received">What came to stations.</param>
    /// <param name="expected">The one rule that finds it; <see langword="null"/> if nothing is wrong.</param>
    private static bool IsFound(string planted, CallRecord[] calls, Dictionary<string, int> received, string? expected)
    {
        var broken = new List<string>();
        CallRules.Judge(calls, received, (rule, where) => broken.AddRange(where.Any() ? [rule] : []));
        return Print(planted, broken.SequenceEqual(expected is null ? [] : [expected]));
    }

    private static bool Differs(string planted, ListedStation[] listed, int expected) =>
        Print(
            planted,
            ConnectionRules.Compare(listed, new Dictionary<string, string?> { ["CS-1"] = "a" }).Count == expected
        );

    private static bool Print(string planted, bool isRight)
    {
        Console.WriteLine($"{(isRight ? "ok" : "FAILED")}: {planted}");
        return isRight;
    }

    private static CallRecord Call(string id, double started, double ended, int connection) =>
        new(
            id,
            "CS-1",
            TimeSpan.FromSeconds(started),
            TimeSpan.FromSeconds(ended),
            new CallAnswer(connection, "", IsNotConnected: false)
        );
}
