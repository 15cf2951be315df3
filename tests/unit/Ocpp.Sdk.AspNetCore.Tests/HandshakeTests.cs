using System.Net;
using System.Net.WebSockets;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class HandshakeTests
{
    [Fact]
    public async Task A_station_connects_and_is_answered()
    {
        await using Csms csms = await Csms.StartAsync(endpoint => endpoint.OnHeartbeat());
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        HeartbeatResponse response = await station.CallAsync(new HeartbeatRequest());

        Assert.Equal(Answers.Heartbeat, response);
    }

    [Fact]
    public async Task A_station_can_be_called()
    {
        await using Csms csms = await Csms.StartAsync();
        OcppHandlers handlers = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set => set.On<ResetRequest, ResetResponse>((_, _) => Answers.ResetAccepted)
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1", handlers);
        OcppSession session = await csms.ConnectedAsync();

        Assert.Equal(Answers.ResetAccepted, await session.CallAsync(Answers.Reset));
    }

    [Theory]
    [InlineData("RDAM%20123", "RDAM 123")]
    [InlineData("cs%7C1%2B2", "cs|1+2")]
    [InlineData("K%C3%B6ln", "Köln")]
    public async Task The_identity_is_the_last_segment_percent_decoded(string path, string identity)
    {
        await using Csms csms = await Csms.StartAsync();
        await using OcppSession station = await csms.ConnectAsync(path);

        Assert.Equal(identity, (await csms.ConnectedAsync()).Identity);
    }

    [Theory]
    [InlineData("CS%3A1")]
    [InlineData("CS%2F1")]
    [InlineData("CS%0A1")]
    [InlineData("a2345678901234567890123456789012345678901234567890")]
    [InlineData("CS-1/CS-2")]
    [InlineData("")]
    public async Task What_is_no_identity_is_not_found_and_not_asked_for(string path)
    {
        var stations = new StationList();
        await using Csms csms = await Csms.StartAsync(store: stations);

        Assert.Equal(HttpStatusCode.NotFound, await csms.StatusOfAsync(path));
        Assert.Empty(stations.Logins);
    }

    [Fact]
    public async Task An_identity_of_48_characters_is_one()
    {
        await using Csms csms = await Csms.StartAsync();

        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await csms.StatusOfAsync(new string('a', OcppIdentity.MaxLength))
        );
    }

    [Fact]
    public async Task An_unknown_identity_is_not_found()
    {
        await using Csms csms = await Csms.StartAsync(
            store: new StationList
            {
                new OcppStationAccount { Identity = "CS-1", AllowAnonymous = true },
            }
        );

        Assert.Equal(HttpStatusCode.NotFound, await csms.StatusOfAsync("CS-2"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1"));
        Assert.Contains(
            csms.Log.Of("Ocpp"),
            line =>
                line.StartsWith(
                    "CS-2: refused: 404, The identity is unknown. From 127.0.0.1:",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_request_that_is_no_WebSocket_is_told_to_upgrade()
    {
        await using Csms csms = await Csms.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        using HttpResponseMessage response = await client.GetAsync(
            new UriBuilder(csms.UrlOf("CS-1")) { Scheme = "http" }.Uri
        );

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("websocket", response.Headers.Upgrade.ToString());
        Assert.Equal("13", Assert.Single(response.Headers.GetValues("Sec-WebSocket-Version")));
        Assert.Equal("This OCPP endpoint requires a WebSocket connection.", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("OCPP2.0.1")]
    [InlineData(null)]
    public async Task Without_a_common_subprotocol_the_handshake_ends_without_the_header_and_the_connection_is_closed(
        string? offered
    )
    {
        await using Csms csms = await Csms.StartAsync();
        using ClientWebSocket socket = await csms.OpenAsync(
            "CS-1",
            options =>
            {
                if (offered is not null)
                {
                    options.AddSubProtocol(offered);
                }
            }
        );

        WebSocketReceiveResult received = await socket
            .ReceiveAsync(new byte[16], CancellationToken.None)
            .WaitAsync(CsmsHost.Patience);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.HttpStatusCode);
        Assert.Null(socket.SubProtocol);
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        Assert.Equal(WebSocketCloseStatus.ProtocolError, received.CloseStatus);
        Assert.Equal("No common subprotocol.", received.CloseStatusDescription);
        Assert.Equal(0, csms.Stations.Count);
    }

    [Theory]
    [InlineData("vendor1", "vendor1", "ocpp2.0.1")]
    [InlineData("ocpp2.0.1", "ocpp2.0.1", "vendor1")]
    [InlineData("vendor1", "ocpp1.6", "vendor1")]
    public async Task Of_several_protocols_the_first_one_the_station_offers_is_spoken(
        string expected,
        params string[] offered
    )
    {
        await using Csms csms = await Csms.StartAsync(protocols: [Ocpp201Protocol.Instance, VendorProtocol.Instance]);
        using ClientWebSocket socket = await csms.OpenAsync(
            "CS-1",
            options => Array.ForEach(offered, options.AddSubProtocol)
        );

        Assert.Equal(expected, socket.SubProtocol);
        Assert.Equal(expected, (await csms.ConnectedAsync()).Protocol.Subprotocol);
    }

    [Fact]
    public async Task One_station_more_than_allowed_is_told_to_come_later_but_one_may_come_back()
    {
        await using Csms csms = await Csms.StartAsync(options: options => options.MaxConnections = 1);
        await using OcppSession first = await csms.ConnectAsync("CS-1");
        await csms.ConnectedAsync();

        using ClientWebSocket second = await csms.OpenAsync("CS-2");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.HttpStatusCode);
        Assert.Equal("60", Assert.Single(second.HttpResponseHeaders!["Retry-After"]));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1"));
    }

    [Fact]
    public async Task The_identity_of_a_session_is_the_one_in_the_store_whatever_its_case_in_the_path()
    {
        await using Csms csms = await Csms.StartAsync(
            store: new StationList
            {
                new OcppStationAccount { Identity = "CS-1", AllowAnonymous = true },
            }
        );

        await using OcppSession station = await csms.ConnectAsync("cs-1");

        Assert.Equal("CS-1", (await csms.ConnectedAsync()).Identity);
        Assert.Equal(["CS-1"], csms.Stations.Identities);
    }

    [Fact]
    public async Task A_store_that_answers_with_another_station_lets_nobody_in()
    {
        await using Csms csms = await Csms.StartAsync(store: new OtherStation());

        Assert.Equal(HttpStatusCode.InternalServerError, await csms.StatusOfAsync("CS-1"));
    }

    [Fact]
    public async Task A_session_has_the_options_of_its_station()
    {
        await using Csms csms = await Csms.StartAsync(options: options =>
        {
            options.Session = new OcppSessionOptions { MaxQueuedCalls = 7 };
            options.SessionFor = (identity, session) =>
                identity == "CS-2" ? session with { MaxQueuedCalls = 8 } : session;
        });
        await using OcppSession first = await csms.ConnectAsync("CS-1");
        Assert.Equal(7, (await csms.ConnectedAsync()).Options.MaxQueuedCalls);
        await using OcppSession second = await csms.ConnectAsync("CS-2");
        Assert.Equal(8, (await csms.ConnectedAsync()).Options.MaxQueuedCalls);
    }

    [Fact]
    public async Task Sessions_log_in_the_category_Ocpp()
    {
        await using Csms csms = await Csms.StartAsync();
        await using OcppSession station = await csms.ConnectAsync("CS-1");
        await csms.ConnectedAsync();
        await station.CloseAsync();
        await csms.DisconnectedAsync();

        Assert.Contains(
            csms.Log.Of("Ocpp"),
            line =>
                line.StartsWith(
                    "CS-1: connected, ocpp2.0.1, no security profile from 127.0.0.1:",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains("CS-1: disconnected: ClosedByPeer (1000).", csms.Log.Of("Ocpp"));
    }

    private sealed class OtherStation : IOcppStationStore
    {
        public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
            ValueTask.FromResult<OcppStationAccount?>(
                new OcppStationAccount { Identity = "CS-2", AllowAnonymous = true }
            );
    }
}
