namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>The handler of a request and its time-out may end it at once: one of them answers.</summary>
public sealed class RequestPhaseTests : IDisposable
{
    private readonly OcppRequestContext _request = new(null!, null!, "1", new object(), 1);
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public void What_ends_a_request_first_answers_it_and_sees_what_its_beginning_has_set()
    {
        Assert.True(_request.TryBegin(_cancellation, null));

        Assert.True(_request.TryEnd(out bool hasBegun));

        Assert.Equal((true, _cancellation), (hasBegun, _request.Cancellation));
        Assert.Equal(_cancellation.Token, _request.CancellationToken);
        Assert.False(_request.TryEnd(out _));
    }

    [Fact]
    public void A_request_whose_time_is_up_before_its_handler_is_called_does_not_begin_any_more()
    {
        Assert.True(_request.TryEnd(out bool hasBegun));
        Assert.False(hasBegun);

        Assert.False(_request.TryBegin(_cancellation, null));

        Assert.False(_request.TryEnd(out hasBegun));
        Assert.False(hasBegun);
    }
}
