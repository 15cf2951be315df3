using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Testing;

namespace Ocpp.AspNetCore.Tests;

/// <summary>Several versions at one endpoint, in one client and in one pair.</summary>
public sealed class SeveralVersionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly OcppProtocol[] s_all =
    [
        VendorProtocol.Instance,
        V201.Ocpp201Protocol.Instance,
        V21.Ocpp21Protocol.Instance,
    ];

    [Theory]
    [InlineData("ocpp2.1", "ocpp2.1", "ocpp2.0.1", "vendor1")]
    [InlineData("vendor1", "vendor1", "ocpp2.0.1", "ocpp2.1")]
    [InlineData("ocpp2.0.1", "ocpp2.0.1", "ocpp2.1")]
    [InlineData("ocpp2.0.1", "ocpp1.5", "ocpp1.6", "ocpp2.0.1")]
    public async Task The_stations_order_of_preference_decides(string expected, params string[] offered)
    {
        await using Csms csms = await Csms.StartAsync(protocols: s_all);
        using ClientWebSocket socket = await csms.OpenAsync(
            "CS-1",
            options => Array.ForEach(offered, options.AddSubProtocol)
        );

        Assert.Equal(expected, socket.SubProtocol);
        Assert.Equal(expected, (await csms.ConnectedAsync()).Protocol.Subprotocol);
    }

    [Fact]
    public async Task A_station_that_offers_only_what_nobody_has_is_let_in_without_a_subprotocol_and_closed()
    {
        await using Csms csms = await Csms.StartAsync(protocols: s_all);
        using ClientWebSocket socket = await csms.OpenAsync(
            "CS-1",
            options =>
            {
                options.AddSubProtocol("ocpp1.6");
                options.AddSubProtocol("OCPP2.1");
            }
        );
        WebSocketReceiveResult received = await socket
            .ReceiveAsync(new byte[16], CancellationToken.None)
            .WaitAsync(CsmsHost.Patience);

        Assert.Null(socket.SubProtocol);
        Assert.Equal(
            (WebSocketMessageType.Close, WebSocketCloseStatus.ProtocolError),
            (received.MessageType, received.CloseStatus)
        );
    }

    [Theory]
    [InlineData("ocpp2.1", "ocpp2.1", "ocpp2.0.1")]
    [InlineData("ocpp2.0.1", "ocpp2.0.1", "ocpp2.1")]
    public async Task A_client_offers_its_protocols_in_order_and_knows_which_one_was_agreed(
        string expected,
        params string[] offered
    )
    {
        await using Csms csms = await Csms.StartAsync(endpoint => Handle(endpoint, []), protocols: s_all);
        await using var client = new OcppClient(
            [.. offered.Select(name => s_all.Single(protocol => protocol.Subprotocol == name))],
            OptionsOf(csms)
        );
        await client.ConnectAsync();

        Assert.Equal(expected, client.Session?.Protocol.Subprotocol);
        Assert.Equal(expected, (await csms.ConnectedAsync()).Protocol.Subprotocol);
    }

    [Fact]
    public async Task A_client_speaks_its_second_choice_with_a_CSMS_that_does_not_have_the_first()
    {
        var seen = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(endpoint => endpoint.OnHeartbeat());
        await using var client = new OcppClient(
            [V21.Ocpp21Protocol.Instance, V201.Ocpp201Protocol.Instance],
            OptionsOf(csms)
        );
        client.On(
            (V21.TriggerMessageRequest _) =>
            {
                seen.Enqueue("ocpp2.1");
                return new V21.TriggerMessageResponse { Status = V21.TriggerMessageStatusEnumType.Accepted };
            }
        );
        client.On(
            (V201.TriggerMessageRequest _, OcppRequestContext context) =>
            {
                seen.Enqueue(context.Protocol.Subprotocol);
                return new V201.TriggerMessageResponse { Status = V201.TriggerMessageStatusEnumType.Accepted };
            }
        );
        await client.ConnectAsync();

        Assert.Same(V201.Ocpp201Protocol.Instance, client.Session?.Protocol);
        await client.CallAsync(new V201.HeartbeatRequest());
        await (await csms.ConnectedAsync()).CallAsync(
            new V201.TriggerMessageRequest { RequestedMessage = V201.MessageTriggerEnumType.Heartbeat }
        );
        Assert.Equal(["ocpp2.0.1"], seen);
    }

    [Fact]
    public async Task A_request_of_the_version_that_was_not_agreed_on_fails_before_it_is_sent()
    {
        var seen = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(endpoint => Handle(endpoint, seen), protocols: s_all);
        await using var client = new OcppClient(
            [V201.Ocpp201Protocol.Instance, V21.Ocpp21Protocol.Instance],
            OptionsOf(csms)
        );
        await client.ConnectAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            client.CallAsync(new V21.HeartbeatRequest())
        );
        Assert.Equal(
            "Heartbeat (Ocpp.V21.HeartbeatRequest) is not a message of ocpp2.0.1, which this session speaks.",
            exception.Message
        );
        await client.CallAsync(new V201.HeartbeatRequest());
        Assert.Equal(["ocpp2.0.1 V201"], seen);
    }

    [Fact]
    public async Task A_client_that_offers_only_what_the_CSMS_does_not_have_says_so()
    {
        await using Csms csms = await Csms.StartAsync();
        await using var client = new OcppClient(
            [V21.Ocpp21Protocol.Instance, VendorProtocol.Instance],
            OptionsOf(csms)
        );

        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
        Assert.Equal(OcppConnectionFailure.NoCommonSubprotocol, exception.Reason);
        Assert.Equal("No common subprotocol: the CSMS does not support ocpp2.1 or vendor1.", exception.Message);
    }

    [Fact]
    public async Task The_same_action_has_a_handler_in_each_version_at_one_endpoint()
    {
        var seen = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(endpoint => Handle(endpoint, seen), protocols: s_all);
        await using OcppSession older = await csms.ConnectAsync("CS-1");
        await using OcppSession newer = await csms.ConnectAsync(
            "CS-2",
            new OcppHandlers(V21.Ocpp21Protocol.Instance),
            options => options.AddSubProtocol("ocpp2.1")
        );

        Assert.Equal(s_now, (await older.CallAsync(new V201.HeartbeatRequest())).CurrentTime);
        Assert.Equal(s_now, (await newer.CallAsync(new V21.HeartbeatRequest())).CurrentTime);
        Assert.Equal(["ocpp2.0.1 V201", "ocpp2.1 V21"], seen);
    }

    [Fact]
    public async Task A_handler_without_a_version_sees_the_version()
    {
        var seen = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint.OnOther(
                    (context, _) =>
                    {
                        seen.Enqueue($"{context.Protocol.Subprotocol} {context.Action}");
                        return Task.FromResult(JsonElement.Parse("{\"currentTime\":\"2026-01-31T12:00:00Z\"}"));
                    }
                ),
            protocols: s_all
        );
        await using OcppSession older = await csms.ConnectAsync("CS-1");
        await using OcppSession newer = await csms.ConnectAsync(
            "CS-2",
            new OcppHandlers(V21.Ocpp21Protocol.Instance),
            options => options.AddSubProtocol("ocpp2.1")
        );

        Assert.Equal(s_now, (await older.CallAsync(new V201.HeartbeatRequest())).CurrentTime);
        Assert.Equal(s_now, (await newer.CallAsync(new V21.HeartbeatRequest())).CurrentTime);
        Assert.Equal(["ocpp2.0.1 Heartbeat", "ocpp2.1 Heartbeat"], seen);
    }

    [Fact]
    public async Task A_pair_speaks_the_first_protocol_of_the_station_that_the_CSMS_has()
    {
        var seen = new ConcurrentQueue<string>();
        await using var pair = OcppPair.Create(
            new OcppHandlers([V21.Ocpp21Protocol.Instance, V201.Ocpp201Protocol.Instance]),
            new OcppHandlers(s_all, handlers => Handle(handlers, seen))
        );

        Assert.Equal(("ocpp2.1", "ocpp2.1"), (pair.Station.Protocol.Subprotocol, pair.Csms.Protocol.Subprotocol));
        await pair.Station.CallAsync(new V21.HeartbeatRequest());
        Assert.Equal(["ocpp2.1 V21"], seen);
    }

    [Fact]
    public void A_pair_without_a_common_protocol_is_refused() =>
        Assert.Throws<ArgumentException>(
            "csms",
            () =>
                OcppPair.Create(
                    new OcppHandlers(V21.Ocpp21Protocol.Instance),
                    new OcppHandlers(V201.Ocpp201Protocol.Instance)
                )
        );

    [Fact]
    public void Handlers_need_at_least_one_protocol_and_each_once()
    {
        Assert.Throws<ArgumentException>("protocols", () => new OcppHandlers([]));
        Assert.Throws<ArgumentException>(
            "protocols",
            () => new OcppHandlers([V21.Ocpp21Protocol.Instance, V21.Ocpp21Protocol.Instance])
        );
        Assert.Throws<ArgumentNullException>("protocol", () => new OcppHandlers((OcppProtocol)null!));
    }

    [Fact]
    public void A_session_of_a_subprotocol_without_handlers_is_refused()
    {
        WebSocketPair sockets = WebSocketPair.Create("other");
        Assert.Throws<ArgumentException>(
            "socket",
            () => new OcppSession(sockets.Server, new OcppHandlers(s_all), "CS-1")
        );
        sockets.Cut();
    }

    private static void Handle(IOcppHandlers handlers, ConcurrentQueue<string> seen)
    {
        handlers.On(
            (V201.HeartbeatRequest _, OcppRequestContext context) =>
            {
                seen.Enqueue($"{context.Protocol.Subprotocol} V201");
                return new V201.HeartbeatResponse { CurrentTime = s_now };
            }
        );
        handlers.On(
            (V21.HeartbeatRequest _, OcppRequestContext context) =>
            {
                seen.Enqueue($"{context.Protocol.Subprotocol} V21");
                return new V21.HeartbeatResponse { CurrentTime = s_now };
            }
        );
    }

    private static OcppClientOptions OptionsOf(Csms csms) => new() { Url = csms.UrlOf(""), Identity = "CS-1" };
}
