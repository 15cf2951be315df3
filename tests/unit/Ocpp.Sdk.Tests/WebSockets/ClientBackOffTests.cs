namespace Ocpp.Tests.WebSockets;

public class ClientBackOffTests
{
    private readonly ScriptedCsms _csms = new();

    [Fact]
    public async Task The_wait_doubles_after_each_failed_try_so_many_times_and_then_stays()
    {
        await using OcppClient client = _csms.Client();
        Assert.Equal([1, 2, 4, 8, 8, 8, 8], await WaitsAfterACutAsync(client, 7));
    }

    [Fact]
    public async Task Without_doubling_all_waits_are_the_same()
    {
        await using OcppClient client = _csms.Client(options => options with { RetryBackOffRepeatTimes = 0 });
        Assert.Equal([1, 1, 1], await WaitsAfterACutAsync(client, 3));
    }

    [Fact]
    public async Task The_waits_are_those_of_the_options_that_were_changed_while_the_client_was_connected()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        OcppSession? session = client.Session;

        await client.ChangeOptionsAsync(options =>
            options with
            {
                RetryBackOffWaitMinimum = TimeSpan.FromSeconds(5),
                RetryBackOffRepeatTimes = 1,
            }
        );

        Assert.Same(session, client.Session);
        Assert.Equal(TimeSpan.FromSeconds(5), client.Options.RetryBackOffWaitMinimum);
        Assert.Equal([5, 10, 10], await WaitsAfterACutAsync(client, 3));
    }

    [Fact]
    public async Task A_client_that_is_closed_takes_no_other_options()
    {
        await using OcppClient client = _csms.Client();
        await client.CloseAsync();

        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => client.ChangeOptionsAsync(options => options));
    }

    [Fact]
    public async Task Each_wait_has_a_new_random_part_which_is_not_doubled()
    {
        const int Seed = 4711;
        const double Range = 3;
        await using OcppClient client = _csms.Client(options =>
            options with
            {
                RetryBackOffRandomRange = TimeSpan.FromSeconds(Range),
                Random = new Random(Seed),
            }
        );
        var random = new Random(Seed);
        double[] expected =
        [
            .. new[] { 1, 2, 4, 8, 8, 8 }.Select(wait =>
                (TimeSpan.FromSeconds(wait) + (random.NextDouble() * TimeSpan.FromSeconds(Range))).TotalSeconds
            ),
        ];
        Assert.Equal(expected, await WaitsAfterACutAsync(client, expected.Length));
    }

    [Fact]
    public async Task The_wait_never_grows_beyond_what_a_timer_takes()
    {
        await using OcppClient client = _csms.Client(options =>
            options with
            {
                RetryBackOffWaitMinimum = TimeSpan.FromDays(10),
                RetryBackOffRandomRange = TimeSpan.FromDays(24),
                RetryBackOffRepeatTimes = int.MaxValue,
                Random = new AlmostOne(),
            }
        );
        Assert.All(
            (await WaitsAfterACutAsync(client, 4)).Skip(2),
            wait => Assert.InRange(wait, TimeSpan.FromDays(47.9).TotalSeconds, TimeSpan.FromDays(48).TotalSeconds)
        );
    }

    [Theory]
    [InlineData(59.9, new double[] { 8, 8 })]
    [InlineData(60, new double[] { 1, 2 })]
    public async Task A_connection_that_has_lasted_a_minute_begins_the_waits_anew_and_a_shorter_one_does_not(
        double lasted,
        double[] waits
    )
    {
        await using OcppClient client = _csms.Client();
        Assert.Equal([1, 2, 4], await WaitsAfterACutAsync(client, 3));
        _csms.Answer = (_, _) => ScriptedCsms.Accept();
        await using var states = new StateListener(client);
        _csms.Clock.Advance(TimeSpan.FromSeconds(4));
        await states.UntilAsync(OcppClientState.Connected);
        _csms.Clock.Advance(TimeSpan.FromSeconds(lasted));
        Assert.Equal(waits, await WaitsAfterACutAsync(client, 2));
    }

    [Fact]
    public async Task Two_stations_of_one_identity_replace_each_other_ever_more_rarely()
    {
        // As a CSMS does: the newest connection of an identity ends the one before.
        _csms.Answer = (_, _) =>
        {
            if (_csms.Sockets.Count > 0)
            {
                _csms.Socket.SendClose();
            }

            return ScriptedCsms.Accept();
        };
        await using OcppClient one = _csms.Client();
        await using OcppClient other = _csms.Client();
        await one.ConnectAsync();
        await using var states = new StateListener(one);
        await using var otherStates = new StateListener(other);
        await other.ConnectAsync();
        var waits = new List<double>();
        while (waits.Count < 10)
        {
            StateListener replaced = waits.Count % 2 == 0 ? states : otherStates;
            OcppClientStateChange waiting = await replaced.UntilAsync(OcppClientState.WaitingToReconnect);
            waits.Add((waiting.NextTryAt!.Value - waiting.Time).TotalSeconds);
            _csms.Clock.Advance(waiting.NextTryAt!.Value - waiting.Time);
            await replaced.UntilAsync(OcppClientState.Connected);
        }

        Assert.Equal([1, 1, 2, 2, 4, 4, 8, 8, 8, 8], waits);
    }

    [Fact]
    public async Task The_next_try_comes_when_it_was_announced_and_no_tick_earlier()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await using var states = new StateListener(client);
        _csms.Socket.Cut();
        OcppClientStateChange waiting = await states.UntilAsync(OcppClientState.WaitingToReconnect);
        Assert.Equal(_csms.Clock.GetUtcNow(), waiting.Time);
        Assert.Equal(OcppCloseKind.Lost, waiting.CloseReason?.Kind);
        Assert.Equal(waiting.Time + TimeSpan.FromSeconds(1), waiting.NextTryAt);

        _csms.Clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Single(_csms.Tries);
        Assert.Equal(OcppClientState.WaitingToReconnect, client.State);

        _csms.Clock.Advance(TimeSpan.FromTicks(1));
        await states.UntilAsync(OcppClientState.Connected);
        Assert.Equal(2, _csms.Tries.Count);
    }

    [Fact]
    public async Task The_first_connection_is_retried_with_the_same_waits_when_asked_for()
    {
        await using OcppClient client = _csms.Client(options => options with { RetryFirstConnection = true });
        _csms.Answer = (_, _) => ScriptedCsms.Refuse();
        await using var states = new StateListener(client);
        Task connecting = client.ConnectAsync();
        Assert.Equal([1, 2, 4, 8, 8], await WaitsAsync(states, 5));
        Assert.False(connecting.IsCompleted);
        _csms.Answer = (_, _) => ScriptedCsms.Accept();
        _csms.Clock.Advance(TimeSpan.FromSeconds(8));
        await connecting;
        Assert.Equal(OcppClientState.Connected, client.State);
    }

    /// <summary>Cuts the connection, refuses others, and reads how many seconds the client waits each time.</summary>
    private async Task<IReadOnlyList<double>> WaitsAfterACutAsync(OcppClient client, int count)
    {
        if (client.State == OcppClientState.Disconnected)
        {
            await client.ConnectAsync();
        }

        await using var states = new StateListener(client);
        await states.UntilAsync(OcppClientState.Connected);
        _csms.Answer = (_, _) => ScriptedCsms.Refuse();
        _csms.Socket.Cut();
        return await WaitsAsync(states, count);
    }

    /// <summary>Stands in the last of the waits in the end.</summary>
    private async Task<IReadOnlyList<double>> WaitsAsync(StateListener states, int count)
    {
        double[] waits = new double[count];
        for (int i = 0; i < count; i++)
        {
            OcppClientStateChange waiting = await states.UntilAsync(OcppClientState.WaitingToReconnect);
            waits[i] = (waiting.NextTryAt!.Value - waiting.Time).TotalSeconds;
            if (i < count - 1)
            {
                _csms.Clock.Advance(waiting.NextTryAt.Value - waiting.Time);
            }
        }

        return waits;
    }

    private sealed class AlmostOne : Random
    {
        public override double NextDouble() => Math.BitDecrement(1.0);
    }
}
