using System.Collections.Concurrent;
using Ocpp.Rpc;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Filters around all handlers.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task Filters_are_called_in_order_around_the_handler_and_see_request_and_response()
    {
        var events = new ConcurrentQueue<string>();
        await using var line = Line.Open(handlers =>
        {
            handlers.Use(Noting("outer", events)).Use(Noting("inner", events));
            handlers.On(
                (HeartbeatRequest _) =>
                {
                    events.Enqueue("handler");
                    return HeartbeatAnswer;
                }
            );
            handlers.On(
                async (DataTransferRequest request, OcppRequestContext context) =>
                {
                    await Task.Yield();
                    events.Enqueue("async handler");
                    return new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted };
                }
            );
        });

        await line.SendAsync(Call("1"));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
        await line.SendAsync(Call("2", "DataTransfer", """{"vendorId":"v"}"""));
        Assert.Equal("""[3,"2",{"status":"Accepted"}]""", await line.ReceiveAsync());

        Assert.Equal(
            [
                "outer: HeartbeatRequest",
                "inner: HeartbeatRequest",
                "handler",
                "inner: HeartbeatResponse",
                "outer: HeartbeatResponse",
                "outer: DataTransferRequest",
                "inner: DataTransferRequest",
                "async handler",
                "inner: DataTransferResponse",
                "outer: DataTransferResponse",
            ],
            events
        );
    }

    [Fact]
    public async Task A_filter_refuses_a_request_without_its_handler()
    {
        await using var line = Line.Open(handlers =>
            handlers
                .Use(next =>
                    context =>
                        context.Action == "Heartbeat"
                            ? throw new OcppCallErrorException(OcppErrorCode.SecurityError)
                            : next(context)
                )
                .On((HeartbeatRequest _) => HeartbeatAnswer)
                .On((ClearCacheRequest _) => new ClearCacheResponse { Status = ClearCacheStatusEnumType.Accepted })
        );

        await line.SendAsync(Call("1"));
        Assert.Equal(Error("1", "SecurityError"), await line.ReceiveAsync());
        await line.SendAsync(Call("2", "ClearCache"));
        Assert.Equal("""[3,"2",{"status":"Accepted"}]""", await line.ReceiveAsync());
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task A_filter_gives_or_replaces_the_response_of_the_same_type_only()
    {
        object replacement = new ClearCacheResponse { Status = ClearCacheStatusEnumType.Rejected };
        await using var line = Line.Open(handlers =>
            handlers
                .Use(next =>
                    async context =>
                    {
                        await next(context);
                        context.Response = replacement;
                    }
                )
                .On((ClearCacheRequest _) => new ClearCacheResponse { Status = ClearCacheStatusEnumType.Accepted })
        );

        await line.SendAsync(Call("1", "ClearCache"));
        Assert.Equal("""[3,"1",{"status":"Rejected"}]""", await line.ReceiveAsync());

        replacement = HeartbeatAnswer;
        await line.SendAsync(Call("2", "ClearCache"));
        Assert.Contains("InternalError", await line.ReceiveAsync(), StringComparison.Ordinal);
        OcppReport report = await line.ReportAsync();
        Assert.Equal(
            (OcppReportKind.HandlerFailed, "Ocpp.V201.HeartbeatResponse is not the response of ClearCache."),
            (report.Kind, report.Exception?.Message)
        );
    }

    [Fact]
    public async Task A_filter_sees_what_the_handler_throws_and_shares_items_with_it()
    {
        var seen = new TaskCompletionSource<string>();
        await using var line = Line.Open(handlers =>
            handlers
                .Use(next =>
                    async context =>
                    {
                        context.Items["tenant"] = "a";
                        try
                        {
                            await next(context);
                        }
                        catch (InvalidOperationException exception)
                        {
                            seen.SetResult(exception.Message);
                            throw new OcppCallErrorException(OcppErrorCode.GenericError);
                        }
                    }
                )
                .On<HeartbeatRequest, HeartbeatResponse>(
                    (_, context) => throw new InvalidOperationException($"of {context.Items["tenant"]}")
                )
        );

        await line.SendAsync(Call("1"));

        Assert.Equal(Error("1", "GenericError"), await line.ReceiveAsync());
        Assert.Equal("of a", await seen.Task);
    }

    [Fact]
    public async Task A_filter_is_around_messages_that_go_one_way_too()
    {
        var seen = new TaskCompletionSource<(bool, object?)>();
        await using var line = Line.Open(
            handlers =>
                handlers
                    .Use(next =>
                        async context =>
                        {
                            await next(context);
                            seen.SetResult((context.IsOneWay, context.Response));
                        }
                    )
                    .On((Notice _) => Task.CompletedTask),
            protocol: new NoticeProtocol()
        );

        await line.SendAsync("""[6,"1","Notice",{"text":"a"}]""");

        Assert.Equal((true, null), await seen.Task);
    }

    [Fact]
    public void A_filter_can_be_added_only_before_a_session_uses_the_handlers()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        handlers.Freeze();

        Assert.Throws<InvalidOperationException>(() => handlers.Use(next => next));
        Assert.Throws<ArgumentNullException>("filter", () => handlers.Use(null!));
    }

    private static Func<OcppRequestDelegate, OcppRequestDelegate> Noting(string name, ConcurrentQueue<string> events) =>
        next =>
            async context =>
            {
                events.Enqueue($"{name}: {context.Request.GetType().Name}");
                await next(context);
                events.Enqueue($"{name}: {context.Response?.GetType().Name}");
            };
}
