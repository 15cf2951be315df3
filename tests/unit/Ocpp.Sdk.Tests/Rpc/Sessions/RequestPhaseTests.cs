using System.Diagnostics;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>The handler of a request and its time-out may end it at once: one of them answers.</summary>
public sealed class RequestPhaseTests
{
    private readonly OcppRequestContext _request = new(null!, null!, "1", new object(), 1);

    [Fact]
    public void What_ends_a_request_first_answers_it_and_sees_what_its_beginning_has_set()
    {
        using var activity = new Activity("request");
        Assert.True(_request.TryBegin(activity));

        Assert.True(_request.TryEnd(out bool hasBegun));

        Assert.Equal((true, activity), (hasBegun, _request.Activity));
        Assert.False(_request.TryEnd(out _));
    }

    [Fact]
    public void A_request_whose_time_is_up_before_its_handler_is_called_does_not_begin_any_more()
    {
        Assert.True(_request.TryEnd(out bool hasBegun));
        Assert.False(hasBegun);

        Assert.False(_request.TryBegin(null));

        Assert.False(_request.TryEnd(out hasBegun));
        Assert.False(hasBegun);
    }

    [Fact]
    public async Task Cancelling_a_request_cancels_the_token_that_its_handler_has_and_stays_the_same_token()
    {
        CancellationToken token = _request.CancellationToken;
        Assert.Equal((true, false), (token.CanBeCanceled, token.IsCancellationRequested));

        await _request.CancelAsync();

        Assert.True(token.IsCancellationRequested);
        Assert.Equal(token, _request.CancellationToken);
    }

    [Fact]
    public async Task A_token_that_a_handler_asks_for_when_its_time_is_up_is_cancelled()
    {
        var isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isCancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                async (_, context) =>
                {
                    context.OnCompleted(isUp.SetResult);
                    begun.SetResult();
                    await isUp.Task;
                    context.CancellationToken.Register(isCancelled.SetResult);
                    return HeartbeatAnswer;
                }
            )
        );
        await line.SendAsync(Call("1"));
        await begun.Task;

        line.Clock.Advance(line.Session.Options.HandlerTimeout);

        await isCancelled.Task;
    }
}
