using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Classes that handle requests.</summary>
public sealed class HandlerClassTests
{
    [Fact]
    public async Task A_class_that_handles_several_requests_is_registered_once()
    {
        var handler = new TwoRequests();
        await using var pair = OcppPair.Create(Ocpp201Protocol.Instance, csms: csms => csms.Handle(handler));

        Assert.Equal(HeartbeatAnswer, await pair.Station.CallAsync(new HeartbeatRequest()));
        DataTransferResponse response = await pair.Station.CallAsync(new DataTransferRequest { VendorId = "v" });

        Assert.Equal(DataTransferStatusEnumType.Accepted, response.Status);
        Assert.Equal(["Heartbeat", "DataTransfer of v"], handler.Handled);
    }

    [Fact]
    public async Task A_class_handles_messages_that_go_one_way()
    {
        var handler = new NoticeHandler();
        await using var pair = OcppPair.Create(new NoticeProtocol(), csms: csms => csms.Handle(handler));

        await pair.Station.SendAsync(new Notice { Text = "a" });

        Assert.Equal("a", await handler.Received.Task);
    }

    [Fact]
    public async Task Each_message_has_an_instance_of_its_own_with_services_of_its_own()
    {
        await using ServiceProvider services = Services();
        await using var pair = OcppPair.Create(
            new NoticeProtocol(),
            csms: csms => csms.Handle<NoticeOfScope>(services)
        );

        await pair.Station.SendAsync(new Notice { Text = "a" });
        await pair.Station.SendAsync(new Notice { Text = "b" });

        var handled = services.GetRequiredService<Channel<(string Text, Scope Scope)>>().Reader;
        (string Text, Scope Scope) first = await handled.ReadAsync();
        (string Text, Scope Scope) second = await handled.ReadAsync();
        Assert.Equal(("a", "b"), (first.Text, second.Text));
        Assert.NotSame(first.Scope, second.Scope);
        await Task.WhenAll(first.Scope.Ended.Task, second.Scope.Ended.Task);
    }

    [Fact]
    public async Task Each_request_has_an_instance_of_its_own_with_services_of_its_own()
    {
        await using ServiceProvider services = Services();
        await using var pair = OcppPair.Create(
            Ocpp201Protocol.Instance,
            csms: csms => csms.Handle<HeartbeatOfScope>(services)
        );

        Assert.Equal(HeartbeatAnswer, await pair.Station.CallAsync(new HeartbeatRequest()));
        Assert.Equal(HeartbeatAnswer, await pair.Station.CallAsync(new HeartbeatRequest()));

        var handled = services.GetRequiredService<Channel<(string Text, Scope Scope)>>().Reader;
        (string Text, Scope Scope) first = await handled.ReadAsync();
        (string Text, Scope Scope) second = await handled.ReadAsync();
        Assert.NotSame(first.Scope, second.Scope);
        await Task.WhenAll(first.Scope.Ended.Task, second.Scope.Ended.Task);
    }

    [Fact]
    public void A_class_that_handles_nothing_of_the_protocol_or_what_is_handled_already_is_an_error()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);

        Assert.Equal(
            "Ocpp.Tests.Rpc.Sessions.HandlerClassTests+NoticeHandler handles no message of ocpp2.0.1.",
            Assert.Throws<ArgumentException>(() => handlers.Handle(new NoticeHandler())).Message
        );
        using ServiceProvider services = Services();
        Assert.Equal(
            "Ocpp.Tests.Rpc.Sessions.HandlerClassTests+NoticeOfScope handles no message of ocpp2.0.1.",
            Assert.Throws<ArgumentException>(() => handlers.Handle<NoticeOfScope>(services)).Message
        );
        var notices = new OcppHandlers(new NoticeProtocol());
        Assert.Equal(
            "Ocpp.Tests.Rpc.Sessions.HandlerClassTests+HeartbeatOfScope handles no message of "
                + $"{new NoticeProtocol().Subprotocol}.",
            Assert.Throws<ArgumentException>(() => notices.Handle<HeartbeatOfScope>(services)).Message
        );
        handlers.On((HeartbeatRequest _) => HeartbeatAnswer);
        Assert.Equal(
            "Heartbeat already has a handler.",
            Assert.Throws<ArgumentException>(() => handlers.Handle(new TwoRequests())).Message
        );
        Assert.Throws<ArgumentNullException>("handler", () => handlers.Handle<TwoRequests>((TwoRequests)null!));
        Assert.Throws<ArgumentNullException>("services", () => handlers.Handle<TwoRequests>((IServiceProvider)null!));
    }

    [Fact]
    public async Task One_method_registers_with_a_pair_and_with_a_client()
    {
        static void AddMine(IOcppHandlers handlers) => handlers.On((HeartbeatRequest _) => HeartbeatAnswer);
        await using var pair = OcppPair.Create(Ocpp201Protocol.Instance, station: AddMine, csms: AddMine);
        await using var client = new OcppClient(
            Ocpp201Protocol.Instance,
            new OcppClientOptions { Url = new Uri("ws://127.0.0.1:1"), Identity = "CS-1" }
        );

        AddMine(client);

        Assert.Equal(HeartbeatAnswer, await pair.Csms.CallAsync(new HeartbeatRequest()));
        Assert.Equal(HeartbeatAnswer, await pair.Station.CallAsync(new HeartbeatRequest()));
        Assert.Equal(
            "Heartbeat already has a handler.",
            Assert.Throws<ArgumentException>(() => AddMine(client)).Message
        );
        Assert.Equal([Ocpp201Protocol.Instance], ((IOcppHandlers)client).Protocols);
    }

    private static ServiceProvider Services() =>
        new ServiceCollection()
            .AddSingleton(Channel.CreateUnbounded<(string Text, Scope Scope)>())
            .AddScoped<Scope>()
            .BuildServiceProvider();

    private sealed class TwoRequests
        : IOcppHandler<HeartbeatRequest, HeartbeatResponse>,
            IOcppHandler<DataTransferRequest, DataTransferResponse>
    {
        public List<string> Handled { get; } = [];

        public Task<HeartbeatResponse> HandleAsync(HeartbeatRequest request, OcppRequestContext context)
        {
            Handled.Add(context.Action);
            return Task.FromResult(HeartbeatAnswer);
        }

        public async Task<DataTransferResponse> HandleAsync(DataTransferRequest request, OcppRequestContext context)
        {
            await Task.Yield();
            Handled.Add($"{context.Action} of {request.VendorId}");
            return new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted };
        }
    }

    private sealed class NoticeHandler : IOcppOneWayHandler<Notice>
    {
        public TaskCompletionSource<string> Received { get; } = new();

        public Task HandleAsync(Notice message, OcppRequestContext context)
        {
            Received.SetResult(message.Text);
            return Task.CompletedTask;
        }
    }

    private sealed class Scope : IDisposable
    {
        public TaskCompletionSource Ended { get; } = new();

        public void Dispose() => Ended.SetResult();
    }

    private sealed class NoticeOfScope(Channel<(string Text, Scope Scope)> handled, Scope scope)
        : IOcppOneWayHandler<Notice>
    {
        public async Task HandleAsync(Notice message, OcppRequestContext context)
        {
            await Task.Yield();
            Assert.False(scope.Ended.Task.IsCompleted);
            await handled.Writer.WriteAsync((message.Text, scope));
        }
    }

    private sealed class HeartbeatOfScope(Channel<(string Text, Scope Scope)> handled, Scope scope)
        : IOcppHandler<HeartbeatRequest, HeartbeatResponse>
    {
        public async Task<HeartbeatResponse> HandleAsync(HeartbeatRequest request, OcppRequestContext context)
        {
            await Task.Yield();
            Assert.False(scope.Ended.Task.IsCompleted);
            await handled.Writer.WriteAsync(("", scope));
            return HeartbeatAnswer;
        }
    }
}
