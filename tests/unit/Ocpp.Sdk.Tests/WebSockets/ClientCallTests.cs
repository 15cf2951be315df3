using System.Net.WebSockets;
using System.Text.Json;
using Ocpp.Tests.Rpc;
using Ocpp.V201;

namespace Ocpp.Tests.WebSockets;

public class ClientCallTests
{
    private readonly ScriptedCsms _csms = new();

    [Fact]
    public async Task A_call_goes_over_the_current_connection()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        Task<HeartbeatResponse> call = client.CallAsync(new HeartbeatRequest());
        await _csms.Socket.AnswerHeartbeatAsync("2026-02-03T04:05:06Z");
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), (await call).CurrentTime);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_with_a_time_out_of_its_own_keeps_it_also_if_it_waits_for_a_connection(bool isConnected)
    {
        await using OcppClient client = WaitingClient();
        if (isConnected)
        {
            await client.ConnectAsync();
        }

        Task<HeartbeatResponse> call = client.CallAsync(
            new HeartbeatRequest(),
            new OcppCallOptions { Timeout = TimeSpan.FromSeconds(1) }
        );
        if (!isConnected)
        {
            _csms.Clock.Advance(TimeSpan.FromMinutes(1));
            await client.ConnectAsync();
        }

        await _csms.Socket.ReadAsync();
        Assert.False(call.IsCompleted);
        _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<OcppTimeoutException>(() => call);
    }

    [Fact]
    public async Task Without_a_connection_a_call_fails_at_once_by_default()
    {
        await using OcppClient client = _csms.Client();
        var exception = await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            client.CallAsync(new HeartbeatRequest())
        );
        Assert.Equal(new OcppCloseReason(OcppCloseKind.Lost, Description: "Not connected."), exception.Reason);
    }

    [Fact]
    public async Task While_waiting_to_reconnect_a_call_fails_with_the_reason_why_the_connection_ended()
    {
        await using OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await CutAsync(client);
        var exception = await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            client.CallAsync(new HeartbeatRequest())
        );
        Assert.Equal(OcppCloseKind.Lost, exception.Reason.Kind);
        Assert.NotNull(exception.Reason.Exception);
    }

    [Fact]
    public async Task A_call_under_way_fails_with_its_connection_even_if_calls_wait_for_one()
    {
        await using OcppClient client = WaitingClient();
        await client.ConnectAsync();
        Task<HeartbeatResponse> sent = client.CallAsync(new HeartbeatRequest());
        Task<HeartbeatResponse> queued = client.CallAsync(new HeartbeatRequest());
        await CutAsync(client);
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => sent);
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => queued);
    }

    [Fact]
    public async Task Calls_that_wait_are_made_in_order_on_the_next_connection_before_new_ones()
    {
        await using OcppClient client = WaitingClient();
        Task<HeartbeatResponse>[] calls =
        [
            .. Enumerable.Range(0, 10).Select(_ => client.CallAsync(new HeartbeatRequest())),
        ];
        await client.ConnectAsync();
        calls = [.. calls, client.CallAsync(new HeartbeatRequest())];
        for (int i = 0; i < calls.Length; i++)
        {
            await _csms.Socket.AnswerHeartbeatAsync($"2026-01-01T00:00:{i:00}Z");
        }

        HeartbeatResponse[] responses = await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(0, calls.Length), responses.Select(response => response.CurrentTime.Second));
    }

    [Fact]
    public async Task A_call_made_while_waiting_to_reconnect_is_answered_after_it()
    {
        await using OcppClient client = WaitingClient();
        await client.ConnectAsync();
        await CutAsync(client);
        Task<HeartbeatResponse> call = client.CallAsync(new HeartbeatRequest());
        await using var states = new StateListener(client);
        _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        await states.UntilAsync(OcppClientState.Connected);
        await _csms.Socket.AnswerHeartbeatAsync();
        await call;
        Assert.Equal(2, _csms.Sockets.Count);
    }

    [Fact]
    public async Task A_call_that_waits_gives_up_with_its_token_and_is_never_sent()
    {
        await using OcppClient client = WaitingClient();
        using var cancellation = new CancellationTokenSource();
        Task<HeartbeatResponse> cancelled = client.CallAsync(new HeartbeatRequest(), cancellation.Token);
        Task<HeartbeatResponse> patient = client.CallAsync(new HeartbeatRequest());
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        await client.ConnectAsync();
        await _csms.Socket.AnswerHeartbeatAsync();
        await patient;
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_makes_no_call()
    {
        await using OcppClient client = WaitingClient();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.CallAsync(new HeartbeatRequest(), new CancellationToken(true))
        );
    }

    [Fact]
    public async Task No_more_calls_wait_than_may_be_queued()
    {
        await using OcppClient client = _csms.Client(options =>
            options with
            {
                OfflineCalls = OcppOfflineCalls.Wait,
                Session = options.Session with { MaxQueuedCalls = 2 },
            }
        );
        Task<HeartbeatResponse>[] calls =
        [
            client.CallAsync(new HeartbeatRequest()),
            client.CallAsync(new HeartbeatRequest()),
        ];
        await Assert.ThrowsAsync<OcppQueueFullException>(() => client.CallAsync(new HeartbeatRequest()));
        await client.ConnectAsync();
        await _csms.Socket.AnswerHeartbeatAsync();
        await _csms.Socket.AnswerHeartbeatAsync();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Calls_that_wait_fail_when_the_client_is_closed()
    {
        OcppClient client = WaitingClient();
        Task<HeartbeatResponse> call = client.CallAsync(new HeartbeatRequest());
        await client.CloseAsync();
        Assert.Equal(
            OcppCloseKind.ClosedByUs,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call)).Reason.Kind
        );
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => client.CallAsync(new HeartbeatRequest()));
    }

    [Fact]
    public async Task A_call_made_while_the_options_change_waits_for_the_new_connection()
    {
        await using OcppClient client = WaitingClient();
        await client.ConnectAsync();
        var asked = new TaskCompletionSource();
        var accept = new TaskCompletionSource();
        _csms.Answer = async (_, _) =>
        {
            asked.SetResult();
            await accept.Task;
            return new ScriptedSocket();
        };
        Task<OcppReconnection> reconnecting = client.ReconnectAsync(client.Options);
        await asked.Task;
        Task<HeartbeatResponse> call = client.CallAsync(new HeartbeatRequest());
        accept.SetResult();
        Assert.True((await reconnecting).IsNew);
        await _csms.Socket.AnswerHeartbeatAsync();
        await call;
    }

    [Fact]
    public async Task A_message_that_goes_one_way_is_sent_now_or_with_the_next_connection()
    {
        var protocol = new NoticeProtocol();
        _csms.Answer = (_, _) => Task.FromResult<WebSocket>(new ScriptedSocket(protocol.Subprotocol));
        await using var client = new OcppClient(
            new OcppHandlers(protocol),
            _csms.Options with
            {
                OfflineCalls = OcppOfflineCalls.Wait,
            }
        );
        Task sending = client.SendAsync(new Notice { Text = "early" });
        await client.ConnectAsync();
        await sending;
        await client.SendAsync(new Notice { Text = "late" });
        Assert.EndsWith("\"Notice\",{\"text\":\"early\"}]", await _csms.Socket.ReadAsync(), StringComparison.Ordinal);
        Assert.EndsWith("\"Notice\",{\"text\":\"late\"}]", await _csms.Socket.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_call_of_an_action_that_the_connection_does_not_have_fails_alone()
    {
        await using OcppClient client = WaitingClient();
        Task<JsonElement> unknown = client.CallAsync("Nonsense", JsonDocument.Parse("{}").RootElement);
        Task<HeartbeatResponse> known = client.CallAsync(new HeartbeatRequest());
        await client.ConnectAsync();
        await _csms.Socket.AnswerHeartbeatAsync();

        await Assert.ThrowsAsync<ArgumentException>("action", () => unknown);
        await known;
        await using var states = new StateListener(client);
        await states.UntilAsync(OcppClientState.Connected);
    }

    private OcppClient WaitingClient() =>
        _csms.Client(options => options with { OfflineCalls = OcppOfflineCalls.Wait });

    private async Task CutAsync(OcppClient client)
    {
        await using var states = new StateListener(client);
        await states.UntilAsync(OcppClientState.Connected);
        _csms.Socket.Cut();
        await states.UntilAsync(OcppClientState.WaitingToReconnect);
    }
}
