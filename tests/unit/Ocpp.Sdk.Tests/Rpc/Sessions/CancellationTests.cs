using Ocpp.Rpc;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Callers who lose interest.</summary>
public sealed class CancellationTests
{
    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_sent()
    {
        await using var line = Line.Open();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await AssertCancelledAsync(line.Session.CallAsync(Heartbeat, cancellation.Token), cancellation.Token);
        Task call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        await call;
    }

    [Fact]
    public async Task Cancelling_a_call_that_waits_takes_it_out_of_the_queue()
    {
        await using var line = Line.Open(configure: options => options with { MaxQueuedCalls = 2 });
        using var cancellation = new CancellationTokenSource();
        Task first = line.Session.CallAsync(Heartbeat);
        Task second = line.Session.CallAsync(
            new V201.DataTransferRequest { VendorId = "cancelled" },
            cancellation.Token
        );
        Task third = line.Session.CallAsync(Heartbeat);
        await cancellation.CancelAsync();
        await AssertCancelledAsync(second, cancellation.Token);
        Task fourth = line.Session.CallAsync(Heartbeat);
        foreach (Task call in new[] { first, third, fourth })
        {
            await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
            await call;
        }

        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task Cancelling_a_call_that_was_sent_frees_the_line_and_its_answer_is_reported()
    {
        await using var line = Line.Open();
        using var cancellation = new CancellationTokenSource();
        Task first = line.Session.CallAsync(Heartbeat, cancellation.Token);
        Task second = line.Session.CallAsync(Heartbeat);
        string late = await line.ReceiveIdAsync("Heartbeat");
        await cancellation.CancelAsync();
        await AssertCancelledAsync(first, cancellation.Token);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Result(late));
        Assert.Equal(
            new OcppReport(OcppReportKind.UnexpectedAnswer, late) { Detail = "a CALLRESULT" },
            await line.ReportAsync()
        );
        await line.SendAsync(Result(id));
        await second;
    }

    [Fact]
    public async Task A_call_that_is_cancelled_behind_a_frame_that_is_being_sent_is_not_sent()
    {
        await using var line = Line.Open(capacity: 16);
        using var cancellation = new CancellationTokenSource();
        Task first = line.Session.CallAsync(
            new V201.SignCertificateRequest { Csr = new string('c', 1000) },
            cancellation.Token
        );
        Task second = line.Session.CallAsync(
            new V201.DataTransferRequest { VendorId = "cancelled" },
            cancellation.Token
        );
        await cancellation.CancelAsync();
        await AssertCancelledAsync(first, cancellation.Token);
        await AssertCancelledAsync(second, cancellation.Token);
        Task third = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("SignCertificate");
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        await third;
    }

    [Fact]
    public async Task Cancelling_after_the_answer_changes_nothing()
    {
        await using var line = Line.Open();
        using var cancellation = new CancellationTokenSource();
        Task<V201.HeartbeatResponse> call = line.Session.CallAsync(Heartbeat, cancellation.Token);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        Assert.Equal(HeartbeatAnswer, await call);
        await cancellation.CancelAsync();
        Assert.Equal(HeartbeatAnswer, await call);
    }

    [Fact]
    public async Task Cancelling_all_calls_at_once_leaves_the_line_free()
    {
        await using var line = Line.Open();
        using var cancellation = new CancellationTokenSource();
        Task[] calls = [.. Enumerable.Range(0, 20).Select(_ => line.Session.CallAsync(Heartbeat, cancellation.Token))];
        await cancellation.CancelAsync();
        foreach (Task cancelled in calls)
        {
            await AssertCancelledAsync(cancelled, cancellation.Token);
        }

        Task call = line.Session.CallAsync(new V201.DataTransferRequest { VendorId = "v" });
        FrameSnapshot frame;
        do
        {
            frame = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
        } while (frame.Action == "Heartbeat");
        await line.SendAsync(Result(frame.MessageId, "{\"status\":\"Accepted\"}"));
        await call;
    }

    private static async Task AssertCancelledAsync(Task call, CancellationToken token) =>
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)).CancellationToken);
}
