using Ocpp.Rpc;
using static Ocpp.OcppSessionState;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>The table of transitions, and the close reason, without a session.</summary>
public sealed class SessionLifecycleTests
{
    /// <summary>The table of docs/sessions.md, in the order of its rows.</summary>
    private static readonly (OcppSessionState From, OcppSessionState To)[] s_table =
    [
        (Created, Open),
        (Created, Closing),
        (Created, Disconnected),
        (Open, Draining),
        (Open, Closing),
        (Open, Disconnected),
        (Draining, Closing),
        (Draining, Disconnected),
        (Closing, Disconnected),
        (Disconnected, Closed),
    ];

    private static readonly OcppCloseReason s_first = new(OcppCloseKind.ClosedByPeer, Description: "first");
    private static readonly OcppCloseReason s_second = new(OcppCloseKind.Aborted, Description: "second");

    private readonly object _gate = new();

    public static TheoryData<OcppSessionState, OcppSessionState> Pairs
    {
        get
        {
            var pairs = new TheoryData<OcppSessionState, OcppSessionState>();
            foreach (OcppSessionState from in Enum.GetValues<OcppSessionState>())
            {
                foreach (OcppSessionState to in Enum.GetValues<OcppSessionState>())
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_transition_that_the_table_does_not_list_is_refused_and_changes_nothing(
        OcppSessionState from,
        OcppSessionState to
    )
    {
        SessionLifecycle lifecycle = In(from);
        OcppCloseReason? reason = lifecycle.Reason;

        bool isEntered = TryEnter(lifecycle, to, s_second);

        bool isListed = s_table.Contains((from, to));
        Assert.Equal(isListed, SessionLifecycle.Allows(from, to));
        Assert.Equal((isListed, isListed ? to : from), (isEntered, lifecycle.State));
        Assert.Same(reason ?? (isListed && to >= Closing ? s_second : null), lifecycle.Reason);
    }

    [Fact]
    public void Every_state_is_reached_and_every_one_but_the_last_is_left() =>
        Assert.All(
            Enum.GetValues<OcppSessionState>(),
            state =>
            {
                Assert.Equal(state != Created, s_table.Any(transition => transition.To == state));
                Assert.Equal(state != Closed, s_table.Any(transition => transition.From == state));
            }
        );

    [Fact]
    public void A_state_is_never_entered_again() =>
        Assert.All(s_table, transition => Assert.True(transition.To > transition.From, $"{transition} goes back."));

    [Fact]
    public void The_documentation_shows_the_table()
    {
        string[] rows =
        [
            .. File.ReadLines(Path.Combine(Root(), "docs", "sessions.md"))
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal)),
        ];

        Assert.Equal(
            s_table.Select(transition => $"| `{transition.From}` | `{transition.To}` |"),
            rows.Where(row => row.Contains("Tests.", StringComparison.Ordinal))
                .Select(row => string.Join('|', row.Split('|').Take(3)) + "|")
        );
    }

    [Fact]
    public void The_first_reason_is_kept_to_the_end()
    {
        var lifecycle = new SessionLifecycle(_gate);
        Assert.True(TryEnter(lifecycle, Open, null));
        Assert.True(TryEnter(lifecycle, Draining, s_second));
        Assert.Null(lifecycle.Reason);

        Assert.True(TryEnter(lifecycle, Closing, s_first));
        Assert.True(TryEnter(lifecycle, Disconnected, s_second));
        Assert.True(TryEnter(lifecycle, Closed, null));

        Assert.Same(s_first, lifecycle.Reason);
    }

    /// <summary>A lifecycle that has come to a state on the shortest way.</summary>
    private SessionLifecycle In(OcppSessionState state)
    {
        var lifecycle = new SessionLifecycle(_gate);
        OcppSessionState[] way = state switch
        {
            Created => [],
            Open => [Open],
            Draining => [Open, Draining],
            Closing => [Closing],
            Disconnected => [Disconnected],
            _ => [Disconnected, Closed],
        };
        Assert.All(way, step => Assert.True(TryEnter(lifecycle, step, s_first)));
        Assert.Equal(state, lifecycle.State);
        return lifecycle;
    }

    private bool TryEnter(SessionLifecycle lifecycle, OcppSessionState state, OcppCloseReason? reason)
    {
        lock (_gate)
        {
            return lifecycle.TryEnter(state, reason);
        }
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sdk.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
