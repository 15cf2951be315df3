using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Rpc;
using Ocpp.Tests.Rpc;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class HandlerTests
{
    [Fact]
    public async Task A_class_handles_each_request_in_a_scope_of_its_own_that_ends_with_it()
    {
        var events = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.Handle<HeartbeatHandler>(),
            services: services => services.AddSingleton(events).AddScoped<Unit>()
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));
        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));

        string[] each = ["unit begins", "handled for CS-1", "handler disposed", "unit disposed"];
        Assert.Equal([.. each, .. each], events);
    }

    [Fact]
    public async Task A_class_that_is_registered_comes_from_the_services()
    {
        var events = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.Handle<HeartbeatHandler>(),
            services: services => services.AddSingleton(events).AddSingleton<Unit>().AddSingleton<HeartbeatHandler>()
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        await station.CallAsync(new HeartbeatRequest());
        await station.CallAsync(new HeartbeatRequest());

        Assert.Equal(["unit begins", "handled for CS-1", "handled for CS-1"], events);
    }

    [Fact]
    public async Task What_a_class_throws_is_answered_with_InternalError_and_its_scope_ends()
    {
        var events = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.Handle<FailingHandler>(),
            services: services => services.AddSingleton(events).AddScoped<Unit>()
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        var exception = await Assert.ThrowsAsync<OcppCallErrorException>(() => station.CallAsync(Answers.Reset));

        Assert.Equal(OcppErrorCode.InternalError, exception.ErrorCode);
        Assert.Equal(["unit begins", "unit disposed"], events);
    }

    [Fact]
    public async Task A_class_handles_messages_that_go_one_way()
    {
        var notices = new ConcurrentQueue<Notice>();
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint.Handle<NoticeHandler>().On<DataTransferRequest, DataTransferResponse>((_, _) => Accepted),
            services: services => services.AddSingleton(notices),
            protocols: [VendorProtocol.Instance]
        );
        await using OcppSession station = await csms.ConnectAsync(
            "CS-1",
            new OcppHandlers(VendorProtocol.Instance),
            options => options.AddSubProtocol("vendor1")
        );

        await station.SendAsync(new Notice { Text = "hello" });

        // It is handled before the request that comes after it.
        await station.CallAsync(new DataTransferRequest { VendorId = "v" });
        Assert.Equal([new Notice { Text = "hello" }], notices);
    }

    [Fact]
    public async Task A_handler_is_that_of_each_protocol_which_has_its_request()
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint
                    .On<DataTransferRequest, DataTransferResponse>((_, _) => Task.FromResult(Accepted))
                    .OnHeartbeat(),
            protocols: [Ocpp201Protocol.Instance, VendorProtocol.Instance]
        );
        await using OcppSession standard = await csms.ConnectAsync("CS-1");
        await using OcppSession vendor = await csms.ConnectAsync(
            "CS-2",
            new OcppHandlers(VendorProtocol.Instance),
            options => options.AddSubProtocol("vendor1")
        );

        Assert.Equal(Accepted, await standard.CallAsync(new DataTransferRequest { VendorId = "v" }));
        Assert.Equal(Accepted, await vendor.CallAsync(new DataTransferRequest { VendorId = "v" }));
    }

    [Fact]
    public async Task A_handler_of_a_request_that_no_protocol_has_is_an_error_at_the_start()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() =>
            Csms.StartAsync(endpoint => endpoint.OnHeartbeat(), protocols: [VendorProtocol.Instance])
        );

        Assert.Equal("Ocpp.V201.HeartbeatRequest is not a message of vendor1.", exception.Message);
    }

    [Fact]
    public async Task A_handler_knows_the_HTTP_request_and_the_user_for_as_long_as_there_is_a_connection()
    {
        var handled = new TaskCompletionSource<OcppRequestContext>();
        var path = new TaskCompletionSource<string?>();
        await using Csms csms = await Csms.StartAsync(endpoint =>
            endpoint.On(
                (HeartbeatRequest _, OcppRequestContext context) =>
                {
                    path.SetResult(context.GetHttpContext()?.Request.Path);
                    handled.SetResult(context);
                    return Answers.Heartbeat;
                }
            )
        );
        await using (OcppSession station = await csms.ConnectAsync("CS-1"))
        {
            await station.CallAsync(new HeartbeatRequest());
        }

        Assert.EndsWith("/CS-1", await path.Task, StringComparison.Ordinal);
        OcppRequestContext context = await handled.Task;
        await context.Session.Completion;
        Assert.False(context.GetUser()?.Identity?.IsAuthenticated);
        Assert.Same(context.GetUser(), context.GetUser());
        Assert.Null(new OcppConnection().Feature);
    }

    [Fact]
    public async Task One_method_registers_with_an_endpoint_and_a_filter_is_around_the_handlers_of_all_its_protocols()
    {
        var seen = new ConcurrentQueue<string>();
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
            {
                endpoint.Use(next =>
                    context =>
                    {
                        seen.Enqueue($"{context.Session.Protocol.Subprotocol} {context.Action}");
                        return next(context);
                    }
                );
                endpoint.OnHeartbeat().On((DataTransferRequest _) => Accepted);
            },
            protocols: [Ocpp201Protocol.Instance, VendorProtocol.Instance]
        );
        await using OcppSession standard = await csms.ConnectAsync("CS-1");
        await using OcppSession vendor = await csms.ConnectAsync(
            "CS-2",
            new OcppHandlers(VendorProtocol.Instance),
            options => options.AddSubProtocol("vendor1")
        );

        await standard.CallAsync(new HeartbeatRequest());
        await vendor.CallAsync(new DataTransferRequest { VendorId = "v" });

        Assert.Equal(["ocpp2.0.1 Heartbeat", "vendor1 DataTransfer"], seen);
    }

    [Fact]
    public async Task A_configurators_filter_sees_what_a_filter_of_the_application_responds_in_place_of_a_handler()
    {
        var configurator = new ResponseWitness();
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
            {
                endpoint.Use(_ =>
                    context =>
                    {
                        context.Response = Answers.Heartbeat;
                        return Task.CompletedTask;
                    }
                );
                endpoint.On(
                    HeartbeatResponse (HeartbeatRequest _) => throw new InvalidOperationException("not reached")
                );
            },
            services: services => services.AddSingleton<IOcppEndpointConfigurator>(configurator)
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));

        Assert.Equal(Answers.Heartbeat, Assert.Single(configurator.Responses));
    }

    [Fact]
    public async Task A_request_that_a_configurator_handles_can_have_no_handler_of_the_application()
    {
        bool isHandled = false;

        var exception = await Assert.ThrowsAsync<ArgumentException>(() =>
            Csms.StartAsync(
                endpoint =>
                {
                    endpoint.On((DataTransferRequest _) => Accepted);
                    isHandled = true;
                },
                services: services => services.AddSingleton<IOcppEndpointConfigurator>(new ResponseWitness())
            )
        );

        Assert.Equal("DataTransfer already has a handler.", exception.Message);
        Assert.False(isHandled, "The line of the application is the one that fails.");
    }

    [Fact]
    public async Task A_request_that_nothing_handles_is_answered_with_NotSupported()
    {
        await using Csms csms = await Csms.StartAsync();
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        var exception = await Assert.ThrowsAsync<OcppCallErrorException>(() =>
            station.CallAsync(new HeartbeatRequest())
        );

        Assert.Equal(OcppErrorCode.NotSupported, exception.ErrorCode);
    }

    private static DataTransferResponse Accepted => new() { Status = DataTransferStatusEnumType.Accepted };

    /// <summary>Handles DataTransfer, and keeps what every request was answered with.</summary>
    private sealed class ResponseWitness : IOcppEndpointConfigurator
    {
        public ConcurrentQueue<object?> Responses { get; } = new();

        public void Configure(OcppEndpointBuilder endpoint)
        {
            endpoint.On((DataTransferRequest _) => Accepted);
            endpoint.Use(next =>
                async context =>
                {
                    await next(context);
                    Responses.Enqueue(context.Response);
                }
            );
        }
    }

    private sealed class Unit : IDisposable
    {
        private readonly ConcurrentQueue<string> _events;

        public Unit(ConcurrentQueue<string> events)
        {
            _events = events;
            events.Enqueue("unit begins");
        }

        public void Dispose() => _events.Enqueue("unit disposed");
    }

#pragma warning disable CS9113 // That the service is asked for is what is tested.
    private sealed class HeartbeatHandler(Unit unit, ConcurrentQueue<string> events)
        : IOcppHandler<HeartbeatRequest, HeartbeatResponse>,
            IDisposable
    {
        public Task<HeartbeatResponse> HandleAsync(HeartbeatRequest request, OcppRequestContext context)
        {
            events.Enqueue($"handled for {context.Session.Identity}");
            return Task.FromResult(Answers.Heartbeat);
        }

        public void Dispose() => events.Enqueue("handler disposed");
    }

    private sealed class FailingHandler(Unit unit) : IOcppHandler<ResetRequest, ResetResponse>
    {
        public async Task<ResetResponse> HandleAsync(ResetRequest request, OcppRequestContext context)
        {
            await Task.Yield();
            throw new InvalidOperationException("of the handler");
        }
    }
#pragma warning restore CS9113

    private sealed class NoticeHandler(ConcurrentQueue<Notice> notices) : IOcppOneWayHandler<Notice>
    {
        public Task HandleAsync(Notice message, OcppRequestContext context)
        {
            notices.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}
