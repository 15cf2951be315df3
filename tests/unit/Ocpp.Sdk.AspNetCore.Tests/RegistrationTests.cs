using System.Text.Json;
using Ocpp.AspNetCore.Handlers;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.Versions;

namespace Ocpp.AspNetCore.Tests;

/// <summary>Stations are held to how they are registered (part 2, B01 to B03; TC_B_30_CSMS, TC_B_31_CSMS).</summary>
public sealed class RegistrationTests
{
    private const string Time = "2026-01-31T12:00:00Z";

    private static readonly OcppProtocol[] s_all =
    [
        V16.Ocpp16Protocol.Instance,
        V201.Ocpp201Protocol.Instance,
        V21.Ocpp21Protocol.Instance,
    ];

    [Theory]
    [InlineData("ocpp1.6", "Pending")]
    [InlineData("ocpp1.6", "Rejected")]
    [InlineData("ocpp2.0.1", "Pending")]
    [InlineData("ocpp2.0.1", "Rejected")]
    [InlineData("ocpp2.1", "Pending")]
    [InlineData("ocpp2.1", "Rejected")]
    public async Task A_station_that_is_not_accepted_gets_SecurityError_until_it_is(string version, string status)
    {
        string current = status;
        await using Csms csms = await StartAsync(() => current);
        await using OcppSession station = await ConnectAsync(csms, version);

        await BootAsync(station);
        await AssertRefusedAsync(() => SendAsync(station, "Heartbeat"));
        await AssertRefusedAsync(() => SendAsync(station, "StatusNotification"));
        current = "Accepted";
        await BootAsync(station);

        await SendAsync(station, "Heartbeat");
        await SendAsync(station, "StatusNotification");
    }

    [Theory]
    [InlineData("ocpp1.6", "TriggerMessage", """{"requestedMessage":"StatusNotification"}""", "StatusNotification")]
    [InlineData("ocpp1.6", "ExtendedTriggerMessage", """{"requestedMessage":"Heartbeat"}""", "Heartbeat")]
    [InlineData("ocpp2.0.1", "TriggerMessage", """{"requestedMessage":"StatusNotification"}""", "StatusNotification")]
    [InlineData("ocpp2.0.1", "GetBaseReport", """{"requestId":1,"reportBase":"FullInventory"}""", "NotifyReport")]
    [InlineData("ocpp2.0.1", "GetReport", """{"requestId":1}""", "NotifyReport")]
    [InlineData("ocpp2.1", "TriggerMessage", """{"requestedMessage":"StatusNotification"}""", "StatusNotification")]
    [InlineData("ocpp2.1", "GetBaseReport", """{"requestId":1,"reportBase":"FullInventory"}""", "NotifyReport")]
    public async Task A_station_that_is_pending_may_send_what_it_was_asked_for_and_nothing_else(
        string version,
        string action,
        string request,
        string asked
    )
    {
        string other = asked == "Heartbeat" ? "StatusNotification" : "Heartbeat";
        string current = "Pending";
        await using Csms csms = await StartAsync(() => current);
        await using OcppSession station = await ConnectAsync(csms, version);
        OcppSession served = await csms.ConnectedAsync();
        await BootAsync(station);
        await AssertRefusedAsync(() => SendAsync(station, asked));

        await served.CallAsync(action, Json(request));

        // A report comes in parts, and a trigger may be for all connectors.
        await SendAsync(station, asked);
        await SendAsync(station, asked);
        await AssertRefusedAsync(() => SendAsync(station, other));

        // What was asked for before the next response is no longer asked for.
        await BootAsync(station);
        await AssertRefusedAsync(() => SendAsync(station, asked));
        current = "Rejected";
        await BootAsync(station);
        await served.CallAsync(action, Json(request));
        await AssertRefusedAsync(() => SendAsync(station, asked));
    }

    [Fact]
    public void Each_trigger_asks_for_an_action_that_stations_send()
    {
        Assert.All(
            Enum.GetValues<V16.MessageTrigger>()
                .Select(trigger => new V16.TriggerMessageRequest { RequestedMessage = trigger }),
            request => AssertAsked(V16.Ocpp16Protocol.Instance, request)
        );
        Assert.All(
            Enum.GetValues<V16.MessageTriggerEnumType>()
                .Select(trigger => new V16.ExtendedTriggerMessageRequest { RequestedMessage = trigger }),
            request => AssertAsked(V16.Ocpp16Protocol.Instance, request)
        );
        Assert.All(
            Enum.GetValues<V201.MessageTriggerEnumType>()
                .Select(trigger => new V201.TriggerMessageRequest { RequestedMessage = trigger }),
            request => AssertAsked(V201.Ocpp201Protocol.Instance, request)
        );
        Assert.All(
            Enum.GetValues<V21.MessageTriggerEnumType>()
                .Select(trigger => new V21.TriggerMessageRequest { RequestedMessage = trigger }),
            request => AssertAsked(V21.Ocpp21Protocol.Instance, request)
        );

        static void AssertAsked(OcppProtocol protocol, object request)
        {
            string? asked = protocol.Registration?.FindAskedAction(request);
            Assert.True(
                asked == OcppRegistrationMessages.AnyAction
                    || protocol.FindAction(asked ?? "")?.Sender is OcppParty.ChargingStation,
                asked
            );
        }
    }

    [Fact]
    public async Task The_status_stays_over_a_reconnection_whatever_the_case_of_the_identity()
    {
        await using Csms csms = await StartAsync(() => "Pending");
        await using (OcppSession first = await ConnectAsync(csms, "ocpp2.0.1"))
        {
            await BootAsync(first);
        }

        await using OcppSession second = await ConnectAsync(csms, "ocpp2.0.1", "cs-1");
        await using OcppSession other = await ConnectAsync(csms, "ocpp2.0.1", "CS-2");

        await AssertRefusedAsync(() => SendAsync(second, "Heartbeat"));
        await SendAsync(other, "Heartbeat");
    }

    [Fact]
    public async Task A_station_without_a_response_may_send_as_one_does_that_was_accepted_before_a_restart()
    {
        await using Csms csms = await StartAsync(() => "Accepted");
        await using OcppSession station = await ConnectAsync(csms, "ocpp2.0.1");

        Assert.Equal(Time, (await SendAsync(station, "Heartbeat")).GetProperty("currentTime").GetString());
    }

    [Fact]
    public async Task A_station_without_a_response_is_refused_if_the_endpoint_demands_a_registration_in_each_process()
    {
        await using Csms csms = await StartAsync(() => "Accepted", refuseUnregistered: true);
        await using (OcppSession first = await ConnectAsync(csms, "ocpp2.0.1"))
        {
            await AssertRefusedAsync(() => SendAsync(first, "Heartbeat"));
            await BootAsync(first);
            await SendAsync(first, "Heartbeat");
        }

        await using OcppSession second = await ConnectAsync(csms, "ocpp2.0.1");
        await SendAsync(second, "Heartbeat");
    }

    [Fact]
    public async Task A_registration_that_fails_leaves_the_status_as_it_was()
    {
        string? current = "Pending";
        await using Csms csms = await StartAsync(() => current ?? throw new InvalidOperationException("no database"));
        await using OcppSession station = await ConnectAsync(csms, "ocpp2.0.1");
        await BootAsync(station);
        current = null;

        var exception = await Assert.ThrowsAsync<OcppCallErrorException>(() => BootAsync(station));

        Assert.Equal(OcppErrorCode.InternalError, exception.ErrorCode);
        await AssertRefusedAsync(() => SendAsync(station, "Heartbeat"));
    }

    [Fact]
    public async Task A_message_that_goes_one_way_is_not_handled_while_the_station_is_pending()
    {
        var handled = new TaskCompletionSource();
        string current = "Pending";
        await using Csms csms = await StartAsync(
            () => current,
            configure: endpoint =>
                endpoint.On(
                    (V21.NotifyPeriodicEventStream _, OcppRequestContext _) =>
                    {
                        handled.SetResult();
                        return Task.CompletedTask;
                    }
                )
        );
        await using OcppSession station = await ConnectAsync(csms, "ocpp2.1");
        var message = new V21.NotifyPeriodicEventStream
        {
            Id = 1,
            Pending = 0,
            Basetime = DateTimeOffset.Parse(Time, System.Globalization.CultureInfo.InvariantCulture),
            Data = [new V21.StreamDataElementType { T = 1, V = "1" }],
        };
        await BootAsync(station);
        await station.SendAsync(message);
        current = "Accepted";
        await BootAsync(station); // comes after it

        Assert.False(handled.Task.IsCompleted);
        await station.SendAsync(message);
        await handled.Task.WaitAsync(CsmsHost.Patience);
    }

    [Fact]
    public async Task A_protocol_without_a_registration_is_not_affected()
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint
                    .RequireRegistration(refuseUnregistered: true)
                    .OnOther((_, _) => Task.FromResult(Json("""{"status":"Accepted"}"""))),
            protocols: [VendorProtocol.Instance]
        );
        await using OcppSession station = await csms.ConnectAsync(
            "CS-1",
            new OcppHandlers(VendorProtocol.Instance),
            options => options.AddSubProtocol("vendor1")
        );

        V201.DataTransferResponse response = await station.CallAsync(new V201.DataTransferRequest { VendorId = "v" });

        Assert.Equal(V201.DataTransferStatusEnumType.Accepted, response.Status);
    }

    [Fact]
    public async Task Requiring_the_registration_twice_is_an_error_at_the_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Csms.StartAsync(endpoint => endpoint.RequireRegistration().RequireRegistration())
        );

        Assert.Equal("The endpoint requires the registration of stations already.", exception.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_more_stations_are_remembered_than_may_be_and_the_latest_is_among_them(bool refuseUnregistered)
    {
        string status = "Pending";
        var csms = new OcppHandlers(V201.Ocpp201Protocol.Instance);
        new RegistrationFilter(refuseUnregistered, maxStations: 2).AddTo(csms);
        csms.OnOther(
            (context, _) =>
                Task.FromResult(
                    Json(
                        context.Action == "BootNotification"
                            ? $$"""{"currentTime":"{{Time}}","interval":1,"status":"{{status}}"}"""
                            : $$"""{"currentTime":"{{Time}}"}"""
                    )
                )
        );
        await using OcppPair first = Connect("CS-1");
        await using OcppPair second = Connect("CS-2");
        await using OcppPair third = Connect("CS-3");
        foreach (OcppPair station in new[] { first, second, third })
        {
            await BootAsync(station.Station);
        }

        await AssertRefusedAsync(() => SendAsync(third.Station, "Heartbeat"));
        bool[] areRefused = [await IsRefusedAsync(first.Station), await IsRefusedAsync(second.Station)];

        // One of the others is treated as a station without a response.
        Assert.Equal(refuseUnregistered ? [true, true] : [false, true], areRefused.Order());
        status = "Accepted";
        await BootAsync(first.Station);
        await SendAsync(first.Station, "Heartbeat");

        OcppPair Connect(string identity) =>
            OcppPair.Create(
                new OcppHandlers(V201.Ocpp201Protocol.Instance),
                csms,
                new OcppPairOptions { Identity = identity }
            );

        static async Task<bool> IsRefusedAsync(OcppSession station) =>
            await Record.ExceptionAsync(() => SendAsync(station, "Heartbeat"))
                is OcppCallErrorException { ErrorCode: OcppErrorCode.SecurityError };
    }

    private static Task<Csms> StartAsync(
        Func<string> status,
        bool refuseUnregistered = false,
        Action<OcppEndpointBuilder>? configure = null
    ) =>
        Csms.StartAsync(
            endpoint =>
            {
                endpoint.RequireRegistration(refuseUnregistered);
                configure?.Invoke(endpoint);
                endpoint.OnOther(
                    (context, _) =>
                        Task.FromResult(
                            Json(
                                context.Action switch
                                {
                                    "BootNotification" =>
                                        $$"""{"status":"{{status()}}","currentTime":"{{Time}}","interval":60}""",
                                    "Heartbeat" => $$"""{"currentTime":"{{Time}}"}""",
                                    _ => "{}",
                                }
                            )
                        )
                );
            },
            protocols: s_all
        );

    /// <summary>Connects a station that accepts whatever it is asked for.</summary>
    private static Task<OcppSession> ConnectAsync(Csms csms, string version, string identity = "CS-1") =>
        csms.ConnectAsync(
            identity,
            new OcppHandlers(
                s_all.Single(protocol => protocol.Subprotocol == version),
                station => station.OnOther((_, _) => Task.FromResult(Json("""{"status":"Accepted"}""")))
            ),
            options => options.AddSubProtocol(version)
        );

    private static Task<JsonElement> BootAsync(OcppSession station) => SendAsync(station, "BootNotification");

    private static Task<JsonElement> SendAsync(OcppSession station, string action)
    {
        bool is16 = station.Protocol == V16.Ocpp16Protocol.Instance;
        string request = action switch
        {
            "BootNotification" when is16 => """{"chargePointVendor":"v","chargePointModel":"m"}""",
            "BootNotification" => """{"reason":"PowerUp","chargingStation":{"vendorName":"v","model":"m"}}""",
            "StatusNotification" when is16 => """{"connectorId":1,"errorCode":"NoError","status":"Available"}""",
            "StatusNotification" =>
                $$"""{"timestamp":"{{Time}}","connectorStatus":"Available","evseId":1,"connectorId":1}""",
            "NotifyReport" => $$"""{"requestId":1,"generatedAt":"{{Time}}","seqNo":0,"tbc":true}""",
            _ => "{}",
        };
        return station.CallAsync(action, Json(request));
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static async Task AssertRefusedAsync(Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<OcppCallErrorException>(call);
        Assert.Equal(
            (OcppErrorCode.SecurityError, "The station is not accepted."),
            (exception.ErrorCode, exception.ErrorDescription)
        );
    }
}
