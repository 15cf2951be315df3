using System.Net.WebSockets;
using System.Text.Json;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>What the registration of handlers refuses, and what it says then.</summary>
public sealed class HandlerRegistrationTests
{
    private readonly OcppHandlers _handlers = new(Ocpp201Protocol.Instance);

    [Fact]
    public void Handlers_need_protocols_each_with_a_subprotocol_of_its_own()
    {
        Assert.Throws<ArgumentNullException>("protocols", () => new OcppHandlers((IReadOnlyList<OcppProtocol>)null!));
        Assert.Throws<ArgumentNullException>("protocol", () => new OcppHandlers([null!]));
        foreach (
            OcppProtocol[] protocols in (OcppProtocol[][])
                [
                    [],
                    [new NoticeProtocol(), new NoticeProtocol()],
                ]
        )
        {
            var refusal = Assert.Throws<ArgumentException>("protocols", () => new OcppHandlers(protocols));
            Assert.Equal(
                "At least one protocol is required, and each subprotocol only once. (Parameter 'protocols')",
                refusal.Message
            );
        }
    }

    [Fact]
    public void A_handler_is_added_to_something_and_is_not_null()
    {
        Func<HeartbeatRequest, OcppRequestContext, Task<HeartbeatResponse>> withContext = (_, _) =>
            Task.FromResult(HeartbeatAnswer);
        Func<HeartbeatRequest, OcppRequestContext, HeartbeatResponse> syncWithContext = (_, _) => HeartbeatAnswer;
        Func<HeartbeatRequest, Task<HeartbeatResponse>> plain = _ => Task.FromResult(HeartbeatAnswer);
        Func<HeartbeatRequest, HeartbeatResponse> sync = _ => HeartbeatAnswer;
        Func<Notice, OcppRequestContext, Task> oneWayWithContext = (_, _) => Task.CompletedTask;
        Func<Notice, Task> oneWay = _ => Task.CompletedTask;
        Action<Notice, OcppRequestContext> syncOneWay = (_, _) => { };
        Func<OcppRequestContext, JsonElement, Task<JsonElement>> other = (_, json) => Task.FromResult(json);
        IOcppHandlers nowhere = null!;

        Assert.All(
            (Action[])
                [
                    () => nowhere.On(withContext),
                    () => nowhere.On(syncWithContext),
                    () => nowhere.On(plain),
                    () => nowhere.On(sync),
                    () => nowhere.On(oneWayWithContext),
                    () => nowhere.On(oneWay),
                    () => nowhere.On(syncOneWay),
                    () => nowhere.OnOther(other),
                    () => nowhere.Handle(this),
                    () => nowhere.Handle<object>(new NoServices()),
                ],
            add => Assert.Throws<ArgumentNullException>("handlers", add)
        );

        withContext = null!;
        syncWithContext = null!;
        plain = null!;
        sync = null!;
        oneWayWithContext = null!;
        oneWay = null!;
        syncOneWay = null!;
        Assert.All(
            (Action[])
                [
                    () => _handlers.Add(null!),
                    () => _handlers.On(withContext),
                    () => _handlers.On(syncWithContext),
                    () => _handlers.On(plain),
                    () => _handlers.On(sync),
                    () => _handlers.On(oneWayWithContext),
                    () => _handlers.On(oneWay),
                    () => _handlers.On(syncOneWay),
                    () => _handlers.OnOther(null!),
                    () => _handlers.Handle<HandlerRegistrationTests>((HandlerRegistrationTests)null!),
                ],
            add => Assert.Throws<ArgumentNullException>("handler", add)
        );
        Assert.Throws<ArgumentNullException>("services", () => _handlers.Handle<object>((IServiceProvider)null!));
    }

    [Fact]
    public void A_message_of_no_protocol_is_refused_by_the_names_of_the_protocols()
    {
        var both = new OcppHandlers([new VersionProtocol("first"), new VersionProtocol("second")]);

        var refusal = Assert.Throws<ArgumentException>(() =>
            both.On((ResetRequest _) => new ResetResponse { Status = ResetStatusEnumType.Accepted })
        );
        Assert.Equal("Ocpp.V201.ResetRequest is not a message of first or second.", refusal.Message);

        refusal = Assert.Throws<ArgumentException>(() => both.Handle(this));
        Assert.Equal($"{GetType()} handles no message of first or second.", refusal.Message);
    }

    [Fact]
    public void A_second_handler_of_an_action_is_refused_where_protocols_share_the_message()
    {
        var both = new OcppHandlers([new VersionProtocol("first"), new VersionProtocol("second")]);
        both.On((HeartbeatRequest _) => HeartbeatAnswer);

        var refusal = Assert.Throws<ArgumentException>(() => both.On((HeartbeatRequest _) => HeartbeatAnswer));

        Assert.Equal("Heartbeat already has a handler.", refusal.Message);
    }

    [Fact]
    public void A_WebSocket_with_a_subprotocol_without_handlers_is_refused_where_there_are_several()
    {
        var both = new OcppHandlers([new VersionProtocol("first"), new VersionProtocol("second")]);
        using WebSocket known = WebSocketPair.Create("second").Server;
        using WebSocket unknown = WebSocketPair.Create("third").Server;

        Assert.Equal("second", both.TableFor(known).Protocol.Subprotocol);
        var refusal = Assert.Throws<ArgumentException>("socket", () => both.TableFor(unknown));
        Assert.StartsWith(
            "The WebSocket has a subprotocol of which there are no handlers.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_message_sent_one_way_reaches_a_handler_that_returns_nothing()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = OcppPair.Create(
            new NoticeProtocol(),
            csms: csms => csms.On((Notice notice, OcppRequestContext _) => received.SetResult(notice.Text))
        );

        await pair.Station.SendAsync(new Notice { Text = "a" });

        Assert.Equal("a", await received.Task);
    }

    [Fact]
    public void Options_of_reading_are_for_an_action()
    {
        Assert.Throws<ArgumentException>("action", () => OcppActionReadOptions.None.For("", OcppReadOptions.Lenient));
        Assert.Throws<ArgumentNullException>("options", () => OcppActionReadOptions.None.For("Reset", null!));
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    [Fact]
    public async Task Each_observer_sees_each_request_of_this_side_and_none_is_added_to_handlers_in_use()
    {
        List<(int, OcppSession, object)> seen = [];
        OcppHandlers? handlers = null;
        await using var line = Line.Open(mine =>
        {
            handlers = mine;
            mine.ObserveCalls((session, request) => seen.Add((1, session, request)));
            mine.ObserveCalls((session, request) => seen.Add((2, session, request)));
        });

        _ = line.Session.CallAsync(Frames.Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");

        Assert.Equal([(1, line.Session, Frames.Heartbeat), (2, line.Session, Frames.Heartbeat)], seen);
        Assert.Throws<InvalidOperationException>(() => handlers!.ObserveCalls((_, _) => { }));
    }
}
