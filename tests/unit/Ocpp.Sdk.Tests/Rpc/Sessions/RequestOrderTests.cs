using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Requests that come before the last one is answered.</summary>
public sealed class RequestOrderTests
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DataTransferResponse>> _answers = new();
    private readonly System.Threading.Channels.Channel<string> _begun =
        System.Threading.Channels.Channel.CreateUnbounded<string>();

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
    public async Task A_thread_of_the_application_that_ends_a_request_does_not_handle_the_next_one()
    {
        var threads = new ConcurrentQueue<(bool IsPool, int Id)>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Who ends it, continues with what awaits it.
        var first = new TaskCompletionSource<HeartbeatResponse>();
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (_, _) =>
                {
                    threads.Enqueue((Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId));
                    begun.TrySetResult();
                    return threads.Count == 1 ? first.Task : Task.FromResult(HeartbeatAnswer);
                }
            )
        );
        await line.SendAsync(Call("1"));
        await begun.Task;
        await line.SendAsync(Call("2"));
        var ending = new Thread(() => first.SetResult(HeartbeatAnswer));
        ending.Start();

        Assert.Equal(Result("1"), await line.ReceiveAsync());
        Assert.Equal(Result("2"), await line.ReceiveAsync());
        Assert.All(threads, thread => Assert.True(thread.IsPool && thread.Id != ending.ManagedThreadId));
        Assert.Equal(2, threads.Count);
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
        foreach (
            (string ends, string? begins) in new[] { ("b", "d"), ("d", "e"), ("a", null), ("e", null), ("c", null) }
        )
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

    [Theory]
    [InlineData(2, int.MaxValue)]
    [InlineData(1000, 1)]
    [InlineData(1000, 100)]
    [InlineData(64, 256 * 1024)]
    public async Task A_burst_of_requests_is_read_as_the_answers_go_out(int waiting, int bytes)
    {
        int read = 0;
        await using var line = Open(
            concurrent: 1,
            waiting,
            options =>
                options with
                {
                    MaxWaitingRequestBytes = bytes,
                    FrameTap = (_, isSent, _) => read += isSent ? 0 : 1,
                }
        );
        string[] ids = [.. Enumerable.Range(0, 30).Select(id => id.ToString(CultureInfo.InvariantCulture))];
        int size = Encoding.UTF8.GetByteCount(Request(ids[^1]));
        foreach (string id in ids)
        {
            await SendAsync(line, id);
        }

        foreach (string id in ids)
        {
            Assert.Equal(id, await BegunAsync());

            // Those that are answered, the one that is handled, and those that may wait.
            int mostWaiting = Math.Min(waiting, (int)Math.Min((bytes - 1L) / size, 1000) + 1);
            Assert.InRange(read, 1, int.Parse(id, CultureInfo.InvariantCulture) + 1 + mostWaiting);
            Answer(id);
            Assert.Equal($"[3,\"{id}\",{{\"status\":\"Accepted\"}}]", await line.ReceiveAsync());
        }

        Assert.True(line.Session.IsOpen);
    }

    [Fact]
    public async Task A_burst_of_requests_that_are_refused_is_read_as_the_refusals_go_out()
    {
        await using var line = Line.Open(configure: options => options with { MaxWaitingRequests = 1 });
        for (int id = 0; id < 30; id++)
        {
            await line.SendAsync(Call(id.ToString(CultureInfo.InvariantCulture)));
        }

        for (int id = 0; id < 30; id++)
        {
            Assert.StartsWith($"[4,\"{id}\",\"NotSupported\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_does_not_read_is_aborted_and_closed_all_the_same(bool isAborted)
    {
        await using var line = Open(concurrent: 1, waiting: 1);
        await SendAsync(line, "handled");
        await BegunAsync();
        await SendAsync(line, "waits");
        await SendAsync(line, "is not read");
        Task<OcppCloseReason> closing = Task.FromResult(new OcppCloseReason(OcppCloseKind.Aborted, null, ""));
        if (isAborted)
        {
            line.Session.Abort();
        }
        else
        {
            closing = line.Session.CloseAsync();
        }

        Answer("handled");
        Answer("waits");
        Answer("is not read");
        if (!isAborted)
        {
            await line.ReceiveCloseAsync();
        }

        Assert.Equal(await closing, await line.CompletionAsync());
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

    [Fact]
    public async Task A_request_with_the_id_of_one_that_is_answered_is_handled_also_before_that_one_is_completed()
    {
        using var isCompleted = new ManualResetEventSlim();
        await using var line = Line.Open(handlers =>
            handlers.On<DataTransferRequest, DataTransferResponse>(
                (_, context) =>
                {
                    context.OnCompleted(isCompleted.Wait);
                    return new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted };
                }
            )
        );
        await SendAsync(line, "1");
        Assert.Equal("[3,\"1\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());

        await SendAsync(line, "1");
        await line.SendAsync("no frame");
        Assert.Equal(OcppReportKind.InvalidFrame, (await line.ReportAsync()).Kind);
        Assert.StartsWith("[4,", await line.ReceiveAsync());
        isCompleted.Set();

        Assert.Equal("[3,\"1\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());
    }

    private static string Request(string id) => Call(id, "DataTransfer", $"{{\"vendorId\":\"{id}\"}}");

    private static Task SendAsync(Line line, string id) => line.SendAsync(Request(id));

    private Line Open(
        int concurrent,
        int? waiting = null,
        Func<OcppSessionOptions, OcppSessionOptions>? configure = null
    ) =>
        Line.Open(
            handlers =>
                handlers.On<DataTransferRequest, DataTransferResponse>(
                    async (request, context) =>
                    {
                        await _begun.Writer.WriteAsync(request.VendorId, context.CancellationToken);
                        return await Handling(request.VendorId).Task;
                    }
                ),
            options =>
                (configure ?? (same => same))(
                    options with
                    {
                        MaxConcurrentHandlers = concurrent,
                        MaxWaitingRequests = waiting ?? options.MaxWaitingRequests,
                    }
                )
        );

    private void Answer(string id) =>
        Handling(id).TrySetResult(new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted });

    private TaskCompletionSource<DataTransferResponse> Handling(string id) =>
        _answers.GetOrAdd(
            id,
            _ => new TaskCompletionSource<DataTransferResponse>(TaskCreationOptions.RunContinuationsAsynchronously)
        );

    private Task<string> BegunAsync() => _begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
