namespace Ocpp.AspNetCore.Tests;

public sealed class OcppTransactionEventsTests
{
    private int _handled;

    [Fact]
    public async Task An_event_that_comes_again_gets_the_response_that_it_got_before_and_is_not_handled()
    {
        var events = new OcppTransactionEvents();

        string first = await events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync);
        string again = await events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync);

        Assert.Equal("response 1", first);
        Assert.Same(first, again);
        Assert.Equal(1, _handled);
    }

    [Theory]
    [InlineData("CS-2", "T1", 0)]
    [InlineData("CS-1", "T2", 0)]
    [InlineData("CS-1", "T1", 1)]
    public async Task An_event_of_another_station_transaction_or_number_is_handled(
        string station,
        string transactionId,
        int seqNo
    )
    {
        var events = new OcppTransactionEvents();
        await events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync);

        Assert.Equal("response 2", await events.HandleOnceAsync(station, transactionId, seqNo, HandleAsync));
    }

    [Fact]
    public async Task An_event_that_comes_again_while_it_is_handled_waits_for_the_same_response()
    {
        var events = new OcppTransactionEvents();
        var handling = new TaskCompletionSource<string>();
        Task<string> first = events.HandleOnceAsync("CS-1", "T1", 0, () => handling.Task);

        Task<string> again = events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync);
        Assert.False(again.IsCompleted);
        handling.SetResult("done");

        Assert.Equal(["done", "done"], await Task.WhenAll(first, again));
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task An_event_whose_handler_has_failed_is_handled_again()
    {
        var events = new OcppTransactionEvents();
        var handling = new TaskCompletionSource<string>();
        Task<string> first = events.HandleOnceAsync("CS-1", "T1", 0, () => handling.Task);
        Task<string> again = events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync);

        handling.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        Assert.Equal("response 1", await again);
        Assert.Same(await again, await events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync));
        Assert.Equal(1, _handled);
    }

    [Fact]
    public async Task Only_the_last_events_are_kept()
    {
        var events = new OcppTransactionEvents(capacity: 2);
        foreach (int seqNo in (int[])[0, 1, 2])
        {
            await events.HandleOnceAsync("CS-1", "T1", seqNo, HandleAsync);
        }

        Assert.Equal("response 2", await events.HandleOnceAsync("CS-1", "T1", 1, HandleAsync));
        Assert.Equal("response 3", await events.HandleOnceAsync("CS-1", "T1", 2, HandleAsync));
        Assert.Equal("response 4", await events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync));
    }

    [Fact]
    public async Task An_event_that_comes_many_times_at_once_is_handled_once()
    {
        var events = new OcppTransactionEvents();

        string[] responses = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(_ => Task.Run(() => events.HandleOnceAsync("CS-1", "T1", 0, HandleAsync)))
        );

        Assert.Equal("response 1", Assert.Single(responses.Distinct()));
        Assert.Equal(1, _handled);
    }

    [Fact]
    public void The_capacity_must_be_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcppTransactionEvents(0));

    private async Task<string> HandleAsync()
    {
        await Task.Yield();
        return $"response {Interlocked.Increment(ref _handled)}";
    }
}
