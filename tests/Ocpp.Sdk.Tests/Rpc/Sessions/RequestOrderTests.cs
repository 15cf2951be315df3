using System.Collections.Concurrent;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Requests that come before the last one is answered.</summary>
public sealed class RequestOrderTests
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DataTransferResponse>> _answers = new();
    private readonly System.Threading.Channels.Channel<string> _begun = System.Threading.Channels.Channel.CreateUnbounded<string>();

    [Fact]
    public async Task Requests_are_handled_in_the_order_in_which_they_came()
    {
        await using var line = Open(OcppSessionOptions.Default.MaxConcurrentHandlers);
        string[] ids = ["a", "b", "c", "d", "e", "f"];
        foreach (string id in ids)
        {
            await SendAsync(line, id);
        }

        foreach (string id in ids)
        {
            Assert.Equal(id, await BegunAsync());
            Assert.False(_begun.Reader.TryPeek(out _));
            Answer(id);
            Assert.Equal($"[3,\"{id}\",{{\"status\":\"Accepted\"}}]", await line.ReceiveAsync());
        }
    }

    [Fact]
    public async Task As_many_as_chosen_are_handled_at_once_and_answered_as_they_end()
    {
        await using var line = Open(concurrent: 3);
        foreach (string id in new[] { "a", "b", "c", "d", "e" })
        {
            await SendAsync(line, id);
        }

        Assert.Equal(["a", "b", "c"], new[] { await BegunAsync(), await BegunAsync(), await BegunAsync() }.Order());
        Assert.False(_begun.Reader.TryPeek(out _));
        foreach ((string ends, string? begins) in new[] { ("b", "d"), ("d", "e"), ("a", null), ("e", null), ("c", null) })
        {
            Answer(ends);
            Assert.Equal($"[3,\"{ends}\",{{\"status\":\"Accepted\"}}]", await line.ReceiveAsync());
            if (begins is not null)
            {
                Assert.Equal(begins, await BegunAsync());
            }

            Assert.False(_begun.Reader.TryPeek(out _));
        }

        // Those that have ended made room.
        await SendAsync(line, "f");
        Assert.Equal("f", await BegunAsync());
    }

    [Fact]
    public async Task One_request_more_than_may_wait_closes_the_connection_with_1008()
    {
        await using var line = Open(concurrent: 1, waiting: 2);
        foreach (string id in new[] { "handled", "waits", "waits too", "is too many" })
        {
            await SendAsync(line, id);
        }

        Assert.Equal("close 1008: Too many unanswered CALLs.", await line.ReceiveAsync());
        Answer("handled");
        Assert.Equal(OcppCloseKind.Violation, (await line.CompletionAsync()).Kind);
        Assert.Equal("handled", await BegunAsync());
        Assert.False(_begun.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task A_request_with_the_id_of_one_that_is_still_handled_is_dropped_and_reported()
    {
        await using var line = Open(concurrent: 2);
        await SendAsync(line, "1");
        await SendAsync(line, "1");
        Assert.Equal(new OcppReport(OcppReportKind.RepeatedMessageId, "1", "DataTransfer"), await line.ReportAsync());
        Answer("1");
        Assert.Equal("[3,\"1\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());
        await SendAsync(line, "2");
        Answer("2");
        Assert.Equal("[3,\"2\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());
    }

    [Fact]
    public async Task A_request_with_the_id_of_one_that_was_answered_is_answered_again()
    {
        await using var line = Open(concurrent: 1);
        for (int time = 0; time < 2; time++)
        {
            await SendAsync(line, "1");
            Answer("1");
            Assert.Equal("[3,\"1\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());
            await BegunAsync();
        }
    }

    private static Task SendAsync(Line line, string id) => line.SendAsync(Call(id, "DataTransfer", $"{{\"vendorId\":\"{id}\"}}"));

    private Line Open(int concurrent, int? waiting = null) => Line.Open(
        handlers => handlers.On<DataTransferRequest, DataTransferResponse>(async (request, _, token) =>
        {
            await _begun.Writer.WriteAsync(request.VendorId, token);
            return await Handling(request.VendorId).Task;
        }),
        options => options with
        {
            MaxConcurrentHandlers = concurrent,
            MaxWaitingRequests = waiting ?? options.MaxWaitingRequests,
        });

    private void Answer(string id) => Handling(id).TrySetResult(new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted });

    private TaskCompletionSource<DataTransferResponse> Handling(string id) =>
        _answers.GetOrAdd(id, _ => new TaskCompletionSource<DataTransferResponse>(TaskCreationOptions.RunContinuationsAsynchronously));

    private Task<string> BegunAsync() => _begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
