using System.Net.WebSockets;

namespace Ocpp.Tests.WebSockets;

public class ClientReconnectTests
{
    private readonly ScriptedCsms _csms = new();

    [Fact]
    public async Task New_options_are_connected_with_after_the_old_connection_was_closed_in_order()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await using var states = new StateListener(client);
        await states.UntilAsync(OcppClientState.Connected);
        WebSocketState? oldAtNewTry = null;
        _csms.Answer = (_, _) =>
        {
            oldAtNewTry = _csms.Sockets[0].State;
            return ScriptedCsms.Accept();
        };
        OcppClientOptions changed = client.Options with { Password = "0123456789abcdef" };

        Assert.Equal(new OcppReconnection(changed, null), await client.ReconnectAsync(changed));

        Assert.Same(changed, client.Options);
        Assert.Same(changed, _csms.Tries[1]);
        Assert.Equal(WebSocketState.Closed, oldAtNewTry);
        OcppClientStateChange[] changes =
        [
            (await states.NextAsync())!,
            (await states.NextAsync())!,
            (await states.NextAsync())!,
        ];
        Assert.Equal(
            [OcppClientState.Disconnected, OcppClientState.Connecting, OcppClientState.Connected],
            changes.Select(change => change.State)
        );
        Assert.Equal(OcppCloseKind.ClosedByUs, changes[0].CloseReason?.Kind);
    }

    [Fact]
    public async Task The_new_options_stay_in_use_after_the_connection_is_lost()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        OcppClientOptions changed = client.Options with { Identity = "CS-2" };
        await client.ReconnectAsync(changed);
        await using var states = new StateListener(client);
        _csms.Socket.Cut();
        await states.UntilAsync(OcppClientState.WaitingToReconnect);
        _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        await states.UntilAsync(OcppClientState.Connected);
        Assert.Equal(["CS-1", "CS-2", "CS-2"], _csms.Tries.Select(options => options.Identity));
        Assert.Equal("CS-2", client.Session!.Identity);
    }

    [Fact]
    public async Task When_all_tries_with_the_new_options_fail_the_old_ones_are_in_use_again()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        OcppClientOptions old = client.Options;
        OcppClientOptions changed = old with { Identity = "CS-2", ConnectionAttempts = 3 };
        _csms.Answer = (options, _) => options.Identity == "CS-2" ? ScriptedCsms.Refuse() : ScriptedCsms.Accept();
        await using var states = new StateListener(client);

        Task<OcppReconnection> reconnecting = client.ReconnectAsync(changed);
        foreach (int seconds in new[] { 1, 2 })
        {
            await states.UntilAsync(OcppClientState.WaitingToReconnect);
            Assert.Same(old, client.Options);
            _csms.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        OcppReconnection outcome = await reconnecting;
        Assert.Same(old, outcome.Options);
        Assert.Equal(OcppConnectionFailure.Unreachable, outcome.Failure?.Reason);
        Assert.False(outcome.IsNew);
        await states.UntilAsync(OcppClientState.Connected);
        Assert.Equal(["CS-1", "CS-2", "CS-2", "CS-2", "CS-1"], _csms.Tries.Select(options => options.Identity));
    }

    [Fact]
    public async Task When_the_old_options_fail_too_the_client_goes_on_trying_them()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        _csms.Answer = (_, _) => ScriptedCsms.Refuse();
        Assert.False(
            (await client.ReconnectAsync(client.Options with { Identity = "CS-2", ConnectionAttempts = 1 })).IsNew
        );
        await using var states = new StateListener(client);
        await states.UntilAsync(OcppClientState.WaitingToReconnect);
        _csms.Answer = (_, _) => ScriptedCsms.Accept();
        _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        await states.UntilAsync(OcppClientState.Connected);
        Assert.Equal(["CS-1", "CS-2", "CS-1", "CS-1"], _csms.Tries.Select(options => options.Identity));
    }

    [Fact]
    public async Task Cancelling_gives_the_new_options_up()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        OcppClientOptions old = client.Options;
        _csms.Answer = (options, cancellationToken) =>
            options.Identity == "CS-2" ? ScriptedCsms.HangAsync(cancellationToken) : ScriptedCsms.Accept();
        using var cancellation = new CancellationTokenSource();
        await using var states = new StateListener(client);
        Task<OcppReconnection> reconnecting = client.ReconnectAsync(old with { Identity = "CS-2" }, cancellation.Token);
        await states.UntilAsync(OcppClientState.Connecting);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reconnecting);
        await states.UntilAsync(OcppClientState.Connected);
        Assert.Same(old, client.Options);
    }

    [Fact]
    public async Task New_options_end_the_wait_for_the_old_ones()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await using var states = new StateListener(client);
        _csms.Socket.Cut();
        await states.UntilAsync(OcppClientState.WaitingToReconnect);
        Assert.True((await client.ReconnectAsync(client.Options with { Identity = "CS-2" })).IsNew);
        Assert.Equal(OcppClientState.Connected, client.State);
        await _csms.NoTimersAsync();
    }

    [Fact]
    public async Task A_client_that_never_connected_has_nothing_to_reconnect()
    {
        await using OcppClient client = _csms.Client();
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.ReconnectAsync(client.Options));
        Assert.Equal(OcppClientState.Disconnected, client.State);
    }

    [Fact]
    public async Task Options_that_contradict_each_other_change_nothing()
    {
        using var authority = new TestAuthority("root");
        using var certificate = authority.Issue("CN=CS-1");
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.ReconnectAsync(client.Options with { ClientCertificate = certificate })
        );
        Assert.True(client.Session!.IsOpen);
    }
}
