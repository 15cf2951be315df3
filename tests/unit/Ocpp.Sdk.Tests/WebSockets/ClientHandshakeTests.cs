using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Ocpp.V201;

namespace Ocpp.Tests.WebSockets;

public class ClientHandshakeTests
{
    private static readonly OcppHandlers s_station = new OcppHandlers(
        Ocpp201Protocol.Instance,
        set =>
            set.On<TriggerMessageRequest, TriggerMessageResponse>(
                (_, _) => new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.NotImplemented }
            )
    );

    [Theory]
    [InlineData("RDAM 123", "GET /ocpp/RDAM%20123 HTTP/1.1")]
    [InlineData("Zoë é", "GET /ocpp/Zo%C3%AB%20%C3%A9 HTTP/1.1")]
    public async Task The_handshake_names_identity_subprotocol_and_credentials(string identity, string line)
    {
        const string Password = "pässwörd: 123456";
        var seen = new TaskCompletionSource<RawRequest>();
        await using var csms = new RawCsms(async request =>
        {
            seen.SetResult(request);
            await RawCsms.Status("404 Not Found")(request);
        });
        await FailAsync(csms, options => options with { Identity = identity, Password = Password });
        RawRequest request = await seen.Task;
        Assert.Equal(line, request.Line);
        Assert.Equal("ocpp2.0.1", request.Headers["Sec-WebSocket-Protocol"]);
        Assert.Equal("13", request.Headers["Sec-WebSocket-Version"]);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", request.Headers.Keys);
        Assert.StartsWith("Basic ", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(
            Encoding.UTF8.GetBytes($"{identity}:{Password}"),
            Convert.FromBase64String(request.Headers["Authorization"]["Basic ".Length..])
        );
    }

    [Fact]
    public async Task The_bytes_of_an_authorization_key_are_sent_as_they_are()
    {
        byte[] key = Convert.FromHexString("00ff3a80c3280a0d097f61626364e282ac01fe3a");
        var seen = new TaskCompletionSource<RawRequest>();
        await using var csms = new RawCsms(async request =>
        {
            seen.SetResult(request);
            await RawCsms.Status("404 Not Found")(request);
        });
        await FailAsync(csms, options => options with { Identity = "CS-1", AuthorizationKey = key });
        byte[] expected = [.. "CS-1:"u8, .. key];
        Assert.Equal(expected, Convert.FromBase64String((await seen.Task).Headers["Authorization"]["Basic ".Length..]));
    }

    [Fact]
    public async Task Without_a_password_there_are_no_credentials()
    {
        var seen = new TaskCompletionSource<RawRequest>();
        await using var csms = new RawCsms(request =>
        {
            seen.SetResult(request);
            return RawCsms.Status("401 Unauthorized")(request);
        });
        await FailAsync(csms);
        Assert.DoesNotContain("Authorization", (await seen.Task).Headers.Keys);
    }

    [Theory]
    [InlineData("401 Unauthorized", OcppConnectionFailure.Unauthorized)]
    [InlineData("404 Not Found", OcppConnectionFailure.UnknownIdentity)]
    [InlineData("500 Internal Server Error", OcppConnectionFailure.Refused)]
    [InlineData("503 Service Unavailable", OcppConnectionFailure.Refused)]
    [InlineData("302 Found\r\nLocation: /other", OcppConnectionFailure.Refused)]
    [InlineData("200 OK", OcppConnectionFailure.Refused)]
    public async Task An_http_status_is_told_with_its_reason(string status, OcppConnectionFailure reason)
    {
        await using var csms = new RawCsms(RawCsms.Status(status));
        OcppConnectionFailedException exception = await FailAsync(csms);
        Assert.Equal((reason, status[..3]), (exception.Reason, $"{(int)exception.Status!}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ocpp1.6")]
    public async Task A_handshake_without_the_subprotocol_is_told_as_no_common_subprotocol(string? subProtocol)
    {
        await using var csms = new RawCsms(async request =>
        {
            using WebSocket socket = await RawCsms.UpgradeAsync(request, subProtocol);
            await socket.CloseAsync(WebSocketCloseStatus.ProtocolError, "", CancellationToken.None);
        });
        OcppConnectionFailedException exception = await FailAsync(csms);
        Assert.Equal(OcppConnectionFailure.NoCommonSubprotocol, exception.Reason);
        Assert.Equal("No common subprotocol: the CSMS does not support ocpp2.0.1.", exception.Message);
    }

    [Fact]
    public async Task A_handshake_with_a_wrong_key_is_no_valid_answer()
    {
        await using var csms = new RawCsms(request =>
            RawCsms.UpgradeAsync(request, accept: "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        );
        Assert.Equal(OcppConnectionFailure.InvalidAnswer, (await FailAsync(csms)).Reason);
    }

    [Fact]
    public async Task What_is_no_http_is_no_valid_answer()
    {
        await using var csms = new RawCsms(request => request.WriteAsync("SSH-2.0-OpenSSH_9.9\r\n\r\n"));
        Assert.Equal(OcppConnectionFailure.InvalidAnswer, (await FailAsync(csms)).Reason);
    }

    [Fact]
    public async Task A_cut_in_the_handshake_is_told_as_a_cut()
    {
        await using var csms = new RawCsms(request => request.WriteAsync("HTTP/1.1 101 Switch"));
        Assert.Equal(OcppConnectionFailure.Cut, (await FailAsync(csms)).Reason);
    }

    [Fact]
    public async Task A_cut_before_any_answer_is_told_as_a_cut_and_not_tried_again_without_a_wait()
    {
        int connections = 0;
        await using var csms = new RawCsms(_ =>
        {
            Interlocked.Increment(ref connections);
            return Task.CompletedTask;
        });
        Assert.Equal(OcppConnectionFailure.Cut, (await FailAsync(csms)).Reason);
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_told_as_unreachable()
    {
        // Taken, so that nobody else gets it, and not listened on.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        await using var client = new OcppClient(
            s_station,
            new OcppClientOptions { Url = new Uri($"ws://127.0.0.1:{port}"), Identity = "CS-1" }
        );
        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
        Assert.Equal((OcppConnectionFailure.Unreachable, null), (exception.Reason, exception.Status));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        await using var csms = new RawCsms(request => Task.Delay(Timeout.InfiniteTimeSpan, request.Closing));
        OcppConnectionFailedException exception = await FailAsync(
            csms,
            options => options with { ConnectTimeout = TimeSpan.FromMilliseconds(20) }
        );
        Assert.Equal(OcppConnectionFailure.TimedOut, exception.Reason);
    }

    [Fact]
    public async Task Closing_ends_a_handshake_that_is_under_way()
    {
        var asked = new TaskCompletionSource();
        await using var csms = new RawCsms(async request =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, request.Closing);
        });
        OcppClient client = Client(csms);
        Task connecting = client.ConnectAsync();
        await asked.Task;
        await client.CloseAsync();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => connecting);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_ends_call_each_other_compressed_or_not(bool useCompression)
    {
        var triggered = new TaskCompletionSource<TriggerMessageResponse>();
        string? extensions = null;
        await using var csms = new RawCsms(async request =>
        {
            extensions = request.Headers.GetValueOrDefault("Sec-WebSocket-Extensions");
            await using OcppSession session = await ServeAsync(request);
            triggered.SetResult(
                await session.CallAsync(
                    new TriggerMessageRequest { RequestedMessage = MessageTriggerEnumType.Heartbeat }
                )
            );
            await session.Completion;
        });
        await using OcppClient client = Client(csms, options => options with { UseCompression = useCompression });
        await client.ConnectAsync();
        Assert.Equal(DateTimeOffset.UnixEpoch, (await client.CallAsync(new HeartbeatRequest())).CurrentTime);
        Assert.Equal(TriggerMessageStatusEnumType.NotImplemented, (await triggered.Task).Status);
        Assert.Equal(useCompression, extensions?.Contains("permessage-deflate", StringComparison.Ordinal) ?? false);
        await client.CloseAsync();
    }

    [Fact]
    public async Task A_line_that_is_cut_is_connected_again()
    {
        int connections = 0;
        await using var csms = new RawCsms(async request =>
        {
            if (Interlocked.Increment(ref connections) == 1)
            {
                await RawCsms.UpgradeAsync(request);
                return;
            }

            await using OcppSession session = await ServeAsync(request);
            await session.Completion;
        });
        await using OcppClient client = Client(csms);
        await using var states = new StateListener(client);
        await client.ConnectAsync();
        OcppClientStateChange waiting = await states.UntilAsync(OcppClientState.WaitingToReconnect);
        Assert.Equal(OcppCloseKind.Lost, waiting.CloseReason?.Kind);
        await states.UntilAsync(OcppClientState.Connected);
        Assert.Equal(DateTimeOffset.UnixEpoch, (await client.CallAsync(new HeartbeatRequest())).CurrentTime);
    }

#if NET9_0_OR_GREATER
    [Fact]
    public async Task A_csms_that_does_not_answer_pings_is_lost()
    {
        await using var csms = new RawCsms(async request =>
        {
            using WebSocket socket = await RawCsms.UpgradeAsync(request);
            await Task.Delay(Timeout.InfiniteTimeSpan, request.Closing);
        });
        await using OcppClient client = Client(
            csms,
            options =>
                options with
                {
                    KeepAliveInterval = TimeSpan.FromMilliseconds(10),
                    KeepAliveTimeout = TimeSpan.FromMilliseconds(10),
                }
        );
        await using var states = new StateListener(client);
        await client.ConnectAsync();
        Assert.Equal(
            OcppCloseKind.Lost,
            (await states.UntilAsync(OcppClientState.WaitingToReconnect)).CloseReason?.Kind
        );
    }
#endif

    private static async Task<OcppSession> ServeAsync(RawRequest request)
    {
        OcppHandlers handlers = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<HeartbeatRequest, HeartbeatResponse>(
                    (_, _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UnixEpoch }
                )
        );
        var session = new OcppSession(await RawCsms.UpgradeAsync(request), handlers, "CS-1");
        _ = session.RunAsync();
        return session;
    }

    private static async Task<OcppConnectionFailedException> FailAsync(
        RawCsms csms,
        Func<OcppClientOptions, OcppClientOptions>? change = null
    )
    {
        await using OcppClient client = Client(csms, change);
        return await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
    }

    private static OcppClient Client(RawCsms csms, Func<OcppClientOptions, OcppClientOptions>? change = null)
    {
        var options = new OcppClientOptions
        {
            Url = csms.Url,
            Identity = "CS-1",
            RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(1),
            RetryBackOffRandomRange = TimeSpan.Zero,
        };
        return new OcppClient(s_station, change?.Invoke(options) ?? options);
    }
}
