using Ocpp.Rpc;
using Ocpp.Tool.Checking;
using Ocpp.V201;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

public sealed class OutstandingCallsTests
{
    private static readonly OcppAction s_heartbeat = Ocpp201Protocol.Instance.FindAction("Heartbeat")!;
    private static readonly OcppAction s_reset = Ocpp201Protocol.Instance.FindAction("Reset")!;

    [Fact]
    public void A_CALL_is_taken_once()
    {
        var calls = new OutstandingCalls();
        calls.Add("", "1", s_heartbeat);
        calls.Add("", "2", action: null);

        Assert.True(calls.TryTake("", "1", out OcppAction? action));
        Assert.Same(s_heartbeat, action);
        Assert.False(calls.TryTake("", "1", out _));
        Assert.True(calls.TryTake("", "2", out action));
        Assert.Null(action);
        Assert.False(calls.TryTake("", "3", out _));
    }

    [Fact]
    public void An_id_is_that_of_its_station()
    {
        var calls = new OutstandingCalls();
        calls.Add("CS-1", "1", s_heartbeat);
        calls.Add("CS-2", "1", s_reset);

        Assert.False(calls.TryTake("", "1", out _));
        Assert.True(calls.TryTake("CS-1", "1", out OcppAction? action));
        Assert.Same(s_heartbeat, action);
        Assert.True(calls.TryTake("CS-2", "1", out action));
        Assert.Same(s_reset, action);
    }

    [Fact]
    public void Of_two_CALLs_with_one_id_the_latest_is_taken_and_none_is_left()
    {
        var calls = new OutstandingCalls();
        calls.Add("", "1", s_heartbeat);
        calls.Add("", "1", s_reset);

        Assert.True(calls.TryTake("", "1", out OcppAction? action));
        Assert.Same(s_reset, action);
        Assert.False(calls.TryTake("", "1", out _));
    }

    [Fact]
    public void A_full_table_forgets_the_oldest_CALLs()
    {
        var calls = new OutstandingCalls(capacity: 3);
        for (int id = 0; id < 10; id++)
        {
            calls.Add("", id.ToString(provider: null), s_heartbeat);
        }

        Assert.Equal(
            ["7", "8", "9"],
            Enumerable.Range(0, 10).Select(id => id.ToString(provider: null)).Where(id => calls.TryTake("", id, out _))
        );
    }

    [Fact]
    public void An_id_that_comes_again_survives_the_place_of_its_first_CALL()
    {
        var calls = new OutstandingCalls(capacity: 3);
        calls.Add("", "a", s_heartbeat);
        calls.Add("", "b", s_heartbeat);
        calls.Add("", "a", s_reset);
        calls.Add("", "c", s_heartbeat);

        Assert.True(calls.TryTake("", "a", out OcppAction? action));
        Assert.Same(s_reset, action);
        Assert.True(calls.TryTake("", "b", out _));
        Assert.True(calls.TryTake("", "c", out _));
    }
}
