using System.Threading.Channels;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>How a filter observes what the requests of the peer are answered with.</summary>
public sealed class RequestAnsweredTests
{
    private readonly Channel<(OcppSession, string, object?, bool)> _completed = Channel.CreateUnbounded<(
        OcppSession,
        string,
        object?,
        bool
    )>();

    [Fact]
    public async Task Each_response_is_observed_with_its_action_and_an_error_is_not_one()
    {
        await using var line = Line.Open(handlers =>
            handlers
                .On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
                .On<DataTransferRequest, DataTransferResponse>(
                    (_, _) => throw new OcppCallErrorException(OcppErrorCode.SecurityError)
                )
                .Use(next =>
                    context =>
                    {
                        context.OnCompleted((Action)(() => throw new InvalidOperationException()));
                        return next(context);
                    }
                )
                .Use(Observe)
        );

        await line.SendAsync(Call("1", "DataTransfer", """{"vendorId":"a"}"""));
        Assert.Equal(Error("1", "SecurityError"), await line.ReceiveAsync());
        await line.SendAsync(Call("2"));
        Assert.Equal(Result("2"), await line.ReceiveAsync());

        Assert.Equal((line.Session, "DataTransfer", null, false), await _completed.Reader.ReadAsync());
        Assert.Equal((line.Session, "Heartbeat", HeartbeatAnswer, true), await _completed.Reader.ReadAsync());
    }

    [Fact]
    public async Task An_invalid_response_of_a_handler_is_not_sent()
    {
        await using var line = Line.Open(handlers =>
            handlers
                .On<DataTransferRequest, DataTransferResponse>(
                    (_, _) => new DataTransferResponse { Status = (DataTransferStatusEnumType)99 }
                )
                .Use(Observe)
        );

        await line.SendAsync(Call("1", "DataTransfer", """{"vendorId":"a"}"""));
        Assert.StartsWith("""[4,"1","InternalError",""", await line.ReceiveAsync(), StringComparison.Ordinal);

        (OcppSession _, string action, object? response, bool isSent) = await _completed.Reader.ReadAsync();
        Assert.Equal("DataTransfer", action);
        Assert.IsType<DataTransferResponse>(response);
        Assert.False(isSent);
    }

    [Fact]
    public async Task A_filter_observes_the_answer_before_the_callbacks_of_the_handler_run()
    {
        var events = Channel.CreateUnbounded<string>();
        await using var line = Line.Open(handlers =>
            handlers
                .On<HeartbeatRequest, HeartbeatResponse>(
                    (_, context) =>
                    {
                        context.OnCompleted(() => events.Writer.TryWrite("after"));
                        return HeartbeatAnswer;
                    }
                )
                .Use(next =>
                    context =>
                    {
                        context.OnCompleted(() => events.Writer.TryWrite(context.Action));
                        return next(context);
                    }
                )
        );

        await line.SendAsync(Call("1"));

        Assert.Equal("Heartbeat", await events.Reader.ReadAsync());
        Assert.Equal("after", await events.Reader.ReadAsync());
    }

    private OcppRequestDelegate Observe(OcppRequestDelegate next) =>
        context =>
        {
            context.OnCompleted(() =>
                _completed.Writer.TryWrite((context.Session, context.Action, context.Response, context.IsResponseSent))
            );
            return next(context);
        };
}
