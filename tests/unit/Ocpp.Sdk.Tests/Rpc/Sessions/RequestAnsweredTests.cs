using System.Threading.Channels;
using Ocpp.Rpc;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Who observes what the requests of the peer are answered with.</summary>
public sealed class RequestAnsweredTests
{
    [Fact]
    public async Task Each_response_is_observed_with_its_action_and_an_error_is_not()
    {
        var answers = Channel.CreateUnbounded<(OcppSession, string, object)>();
        await using var line = Line.Open(handlers =>
            handlers
                .On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
                .On<DataTransferRequest, DataTransferResponse>(
                    (_, _) => throw new OcppCallErrorException(OcppErrorCode.SecurityError)
                )
        );
        line.Session.RequestAnswered += (_, _, _) => throw new InvalidOperationException();
        line.Session.RequestAnswered += (session, action, response) =>
            answers.Writer.TryWrite((session, action, response));

        await line.SendAsync(Call("1", "DataTransfer", """{"vendorId":"a"}"""));
        Assert.Equal(Error("1", "SecurityError"), await line.ReceiveAsync());
        await line.SendAsync(Call("2"));
        Assert.Equal(Result("2"), await line.ReceiveAsync());

        Assert.Equal((line.Session, "Heartbeat", HeartbeatAnswer), await answers.Reader.ReadAsync());
        Assert.False(answers.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task It_is_observed_before_what_waits_for_the_answer_is_done()
    {
        var events = Channel.CreateUnbounded<string>();
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (_, context) =>
                {
                    context.OnCompleted(() => events.Writer.TryWrite("after"));
                    return HeartbeatAnswer;
                }
            )
        );
        line.Session.RequestAnswered += (_, action, _) => events.Writer.TryWrite(action);

        await line.SendAsync(Call("1"));

        Assert.Equal("Heartbeat", await events.Reader.ReadAsync());
        Assert.Equal("after", await events.Reader.ReadAsync());
    }

    [Fact]
    public async Task The_first_observer_gets_the_last_response_that_was_sent_before_it_came()
    {
        var done = new TaskCompletionSource();
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (_, context) =>
                {
                    context.OnCompleted(done.SetResult);
                    return HeartbeatAnswer;
                }
            )
        );
        await line.SendAsync(Call("1"));
        await line.ReceiveAsync();
        await done.Task;
        var answers = new List<(string, object)>();
        OcppRequestAnswered first = (_, action, response) => answers.Add((action, response));

        line.Session.RequestAnswered += first;
        line.Session.RequestAnswered += (_, action, response) => answers.Add((action, response));
        line.Session.RequestAnswered -= first;

        Assert.Equal([("Heartbeat", HeartbeatAnswer)], answers);
    }
}
