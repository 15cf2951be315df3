using System.Net.WebSockets;

namespace Ocpp.Tests.WebSockets;

public class ClientStateTests
{
    private readonly ScriptedCsms _csms = new();

    [Fact]
    public async Task Every_listener_hears_the_current_state_and_all_that_follow_until_the_end()
    {
        OcppClient client = _csms.Client();
        await using var first = new StateListener(client);
        Assert.Equal(OcppClientState.Disconnected, (await first.NextAsync())!.State);
        await client.ConnectAsync();
        await using var second = new StateListener(client);
        Assert.Equal(OcppClientState.Connected, (await second.NextAsync())!.State);
        await client.CloseAsync();
        Assert.Equal(
            [OcppClientState.Connecting, OcppClientState.Connected, OcppClientState.Closed],
            await first.RestAsync()
        );
        Assert.Equal([OcppClientState.Closed], await second.RestAsync());
        await using var late = new StateListener(client);
        Assert.Equal([OcppClientState.Closed], await late.RestAsync());
    }

    [Fact]
    public async Task A_listener_that_does_not_read_misses_the_oldest_changes_and_holds_nobody_up()
    {
        await using OcppClient client = _csms.Client(options =>
            options with
            {
                RetryBackOffResetAfter = TimeSpan.Zero,
            }
        );
        await using IAsyncEnumerator<OcppClientStateChange> lazy = client.StatesAsync().GetAsyncEnumerator();
        await lazy.MoveNextAsync();
        await client.ConnectAsync();
        await using var quick = new StateListener(client);
        for (int i = 0; i < 50; i++)
        {
            await quick.UntilAsync(OcppClientState.Connected);
            _csms.Socket.Cut();
            await quick.UntilAsync(OcppClientState.WaitingToReconnect);
            _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await quick.UntilAsync(OcppClientState.Connected);
        await client.DisposeAsync();
        var rest = new List<OcppClientState>();
        while (await lazy.MoveNextAsync())
        {
            rest.Add(lazy.Current.State);
        }

        Assert.Equal(64, rest.Count);
        Assert.Equal(OcppClientState.Closed, rest[^1]);
    }

    [Fact]
    public async Task A_listener_ends_with_its_token()
    {
        await using OcppClient client = _csms.Client();
        using var cancellation = new CancellationTokenSource();
        await using IAsyncEnumerator<OcppClientStateChange> changes = client
            .StatesAsync(cancellation.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        await changes.MoveNextAsync();
        ValueTask<bool> next = changes.MoveNextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.AsTask());
    }

    [Fact]
    public async Task A_failed_first_connection_is_thrown_and_can_be_tried_again()
    {
        await using OcppClient client = _csms.Client();
        _csms.Answer = (_, _) => ScriptedCsms.Refuse();
        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
        Assert.Equal(OcppConnectionFailure.Unreachable, exception.Reason);
        Assert.Equal(OcppClientState.Disconnected, client.State);
        Assert.Null(client.Session);
        _csms.Answer = (_, _) => ScriptedCsms.Accept();
        await client.ConnectAsync();
        Assert.Equal(OcppClientState.Connected, client.State);
        Assert.True(client.Session!.IsOpen);
    }

    [Fact]
    public async Task Connecting_twice_is_a_mistake()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.ConnectAsync());
        Assert.Equal(OcppClientState.Connected, client.State);
    }

    [Fact]
    public async Task Cancelling_the_first_connection_leaves_the_client_as_it_was()
    {
        await using OcppClient client = _csms.Client();
        _csms.Answer = (_, cancellationToken) => ScriptedCsms.HangAsync(cancellationToken);
        using var cancellation = new CancellationTokenSource();
        Task connecting = client.ConnectAsync(cancellation.Token);
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal(OcppClientState.Disconnected, client.State);
        await _csms.NoTimersAsync();
    }

    [Fact]
    public async Task A_csms_that_never_answers_is_given_up_after_the_time_for_connecting()
    {
        await using OcppClient client = _csms.Client(options =>
            options with
            {
                ConnectTimeout = TimeSpan.FromSeconds(7),
            }
        );
        _csms.Answer = (_, cancellationToken) => ScriptedCsms.HangAsync(cancellationToken);
        Task connecting = client.ConnectAsync();
        _csms.Clock.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
        Assert.False(connecting.IsCompleted);
        _csms.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(
            OcppConnectionFailure.TimedOut,
            (await Assert.ThrowsAsync<OcppConnectionFailedException>(() => connecting)).Reason
        );
    }

    [Fact]
    public async Task What_a_transport_throws_is_the_cause_of_a_failure_without_a_name()
    {
        await using OcppClient client = _csms.Client();
        var cause = new FormatException("a bug");
        _csms.Answer = (_, _) => throw cause;
        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
        Assert.Equal((OcppConnectionFailure.Other, cause), (exception.Reason, exception.InnerException));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ocpp1.6")]
    public async Task A_socket_without_the_subprotocol_is_refused_and_disposed(string? subProtocol)
    {
        await using OcppClient client = _csms.Client();
        _csms.Answer = (_, _) => Task.FromResult<WebSocket>(new ScriptedSocket(subProtocol));
        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
        Assert.Equal(OcppConnectionFailure.NoCommonSubprotocol, exception.Reason);
        Assert.True(_csms.Socket.IsDisposed);
    }

    [Fact]
    public async Task A_csms_that_closes_is_connected_to_again()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        OcppSession first = client.Session!;
        await using var states = new StateListener(client);
        _csms.Socket.SendClose();
        OcppClientStateChange waiting = await states.UntilAsync(OcppClientState.WaitingToReconnect);
        Assert.Equal(
            (OcppCloseKind.ClosedByPeer, WebSocketCloseStatus.EndpointUnavailable),
            (waiting.CloseReason!.Kind, waiting.CloseReason.Status)
        );
        Assert.Null(client.Session);
        _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        await states.UntilAsync(OcppClientState.Connected);
        Assert.NotSame(first, client.Session);
        Assert.True(_csms.Sockets[0].IsDisposed);
    }

    [Fact]
    public async Task A_failed_try_to_reconnect_is_told_with_its_reason()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await using var states = new StateListener(client);
        _csms.Answer = (_, _) => ScriptedCsms.Refuse();
        _csms.Socket.Cut();
        await states.UntilAsync(OcppClientState.WaitingToReconnect);
        _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        OcppClientStateChange waiting = await states.UntilAsync(OcppClientState.WaitingToReconnect);
        Assert.Equal(OcppConnectionFailure.Unreachable, waiting.Failure?.Reason);
        Assert.Equal("WaitingToReconnect until 2026-01-01T00:00:03.0000000+00:00: Nobody there.", waiting.ToString());
    }
}
