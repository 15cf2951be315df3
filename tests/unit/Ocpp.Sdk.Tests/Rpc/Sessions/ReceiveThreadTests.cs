using System.Diagnostics;
using System.Reflection;
using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>
/// The thread that receives calls handlers and lets callers continue, once the session waits for the next message.
/// </summary>
public sealed class ReceiveThreadTests : IDisposable
{
    private static readonly byte[] s_heartbeat = Encoding.UTF8.GetBytes(Call("0123abcd", "Heartbeat", "{}"));

    private readonly DirectWebSocket _socket = new();
    private Func<HeartbeatRequest, OcppRequestContext, HeartbeatResponse> _handler = (_, _) => HeartbeatAnswer;
    private OcppSession? _session;

    public void Dispose() => _session?.Abort();

    [Fact]
    public void A_request_is_handled_and_answered_on_the_thread_that_received_it()
    {
        Thread? handling = null;
        Open();
        _socket.KeepsLast = true;
        _handler = (_, _) =>
        {
            handling = Thread.CurrentThread;
            return HeartbeatAnswer;
        };

        _socket.Deliver(s_heartbeat);

        Assert.Same(Thread.CurrentThread, handling);
        Assert.StartsWith("[3,\"0123abcd\",", Encoding.UTF8.GetString(_socket.Last), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_handler_keeps_its_thread_the_answer_to_its_call_is_received_on_another()
    {
        OcppSession session = Open();
        _socket.KeepsLast = true;
        var called = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isAnswered = false;
        _handler = (_, _) =>
        {
            Task<HeartbeatResponse> call = session.CallAsync(Heartbeat);
            called.SetResult(LastId());
#pragma warning disable xUnit1031 // This is what is tested: a handler that blocks.
            isAnswered = call.Wait(TimeSpan.FromSeconds(60));
#pragma warning restore xUnit1031
            return HeartbeatAnswer;
        };

        Task handled = Task.Run(() => _socket.Deliver(s_heartbeat));
        _socket.Deliver(Encoding.UTF8.GetBytes(Result(await called.Task)));
        await handled;

        Assert.True(isAnswered);
    }

    [Fact]
    public void A_handler_has_nothing_of_the_context_in_which_the_session_was_begun()
    {
        var local = new AsyncLocal<string?> { Value = "of the caller" };
        string? seen = "none";
        Open();
        _handler = (_, _) =>
        {
            seen = local.Value;
            local.Value = "of the handler";
            return HeartbeatAnswer;
        };

        _socket.Deliver(s_heartbeat);

        Assert.Null(seen);
        Assert.Equal("of the caller", local.Value);
    }

    [Fact]
    public async Task An_answer_lets_the_caller_continue_on_the_thread_that_received_it()
    {
        OcppSession session = Open();
        _socket.KeepsLast = true;
        Thread? continued = null;
        Task call = ContinueAsync();

        // Not on the thread of the test, which has a synchronization context.
        Thread received = await Task.Run(() =>
        {
            _socket.Deliver(Encoding.UTF8.GetBytes(Result(LastId())));
            Assert.True(call.IsCompletedSuccessfully);
            return Thread.CurrentThread;
        });

        Assert.Same(received, continued);

        async Task ContinueAsync()
        {
            await session.CallAsync(Heartbeat).ConfigureAwait(false);
            continued = Thread.CurrentThread;
        }
    }

    [Fact]
    public void Answering_a_Heartbeat_takes_the_request_and_less_than_200_bytes()
    {
        // Without optimizations the compiler makes classes of the state machines of the five asynchronous methods.
        bool isOptimized =
            typeof(OcppSession).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled != true;
        int most = isOptimized ? 200 : 200 + (5 * 160);
        Open();
        long record = Measure(static () => OcppJson.Parse<HeartbeatRequest>("{}"u8));

        long all = Measure(() => _socket.Deliver(s_heartbeat));

        Assert.InRange(all - record, 1, most);
    }

    private static long Measure(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 50; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private OcppSession Open()
    {
        _session = new OcppSession(
            _socket,
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                set => set.On<HeartbeatRequest, HeartbeatResponse>((request, context) => _handler(request, context))
            ),
            "station-1",
            OcppSessionOptions.Default with
            {
                MaxMessagesPerSecond = 1_000_000,
            }
        );
        _ = _session.RunAsync();

        // What is queued first shows the threads of the pool, and their context, to all that follow.
        using var isQueued = new ManualResetEventSlim();
        ReceiveThread.Queue(new Signal(isQueued));
        isQueued.Wait();
        return _session;
    }

    /// <summary>The message id of the last frame that was sent.</summary>
    private string LastId() => Encoding.UTF8.GetString(_socket.Last).Split('"')[1];

    private sealed class Signal(ManualResetEventSlim signal) : IFollowUp
    {
        public void Run() => signal.Set();
    }
}
