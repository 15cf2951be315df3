using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>What a session takes, and what it leaves behind.</summary>
public sealed class LeakTests
{
    private const int MaxIdleSize = 2 * 1024;

    [Fact]
    public void An_idle_session_takes_less_than_2_kB_beyond_its_socket()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        var sockets = new SilentWebSocket[100];
        for (int i = 0; i < sockets.Length; i++)
        {
            sockets[i] = new SilentWebSocket();
        }

        var sessions = new OcppSession[sockets.Length];
        Open(0, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Open(10, sockets.Length);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / (sockets.Length - 10);
        Assert.InRange(each, 1, MaxIdleSize);
        Array.ForEach(sessions, session => session.Abort());

        void Open(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                sessions[i] = new OcppSession(sockets[i], handlers, "station-1");
                _ = sessions[i].RunAsync();
            }
        }
    }

    [Fact]
    public async Task After_many_connections_no_timer_is_armed_and_no_session_lives()
    {
        var clock = new OcppTestClock();
        var handlers = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set => set.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
        );
        var sessions = new List<WeakReference>();
        for (int connection = 0; connection < 200; connection++)
        {
            await UseAsync(clock, handlers, sessions, connection);
        }

        Assert.Equal(0, clock.ArmedTimers);
        await Collected.UntilAsync(() => !sessions.Exists(session => session.IsAlive));
    }

    [Fact]
    public async Task Two_thousand_stations_that_connect_and_call_at_once_are_all_served()
    {
        var clock = new OcppTestClock();
        var handlers = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set => set.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
        );
        var none = new OcppHandlers(Ocpp201Protocol.Instance);
        HeartbeatResponse[] responses = await Task.WhenAll(
            Enumerable
                .Range(0, 2000)
                .Select(async _ =>
                {
                    await Task.Yield();
                    await using var pair = OcppPair.Create(
                        none,
                        handlers,
                        new OcppPairOptions { TimeProvider = clock }
                    );
                    return await pair.Station.CallAsync(Heartbeat);
                })
        );
        Assert.All(responses, response => Assert.Equal(HeartbeatAnswer, response));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_send_that_was_given_up_and_fails_later_fails_unnoticed(bool isClosing)
    {
        var failure = new WebSocketException("late");
        int unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, exception) =>
            unobserved += exception.Exception.InnerExceptions.Contains(failure) ? 1 : 0;
        TaskScheduler.UnobservedTaskException += count;
        await SendInVainAsync(isClosing, failure);
        for (int attempt = 0; attempt < 5; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= count;
        Assert.Equal(0, unobserved);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task SendInVainAsync(bool isClosing, WebSocketException failure)
    {
        var clock = new OcppTestClock();
        var sent = new TaskCompletionSource();
        var session = new OcppSession(
            new SilentWebSocket(sent.Task),
            new OcppHandlers(Ocpp201Protocol.Instance),
            "station-1",
            new OcppSessionOptions { TimeProvider = clock }
        );
        _ = session.RunAsync();
        Task? call = isClosing ? null : session.CallAsync(Heartbeat);
        _ = isClosing ? session.CloseAsync() : null;
        while (!session.Completion.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        if (call is not null)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => call);
        }

        sent.SetException(failure);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task UseAsync(
        OcppTestClock clock,
        OcppHandlers handlers,
        List<WeakReference> sessions,
        int connection
    )
    {
        await using var pair = OcppPair.Create(handlers, handlers, new OcppPairOptions { TimeProvider = clock });
        sessions.Add(new WeakReference(pair.Station));
        sessions.Add(new WeakReference(pair.Csms));
        await pair.Station.CallAsync(Heartbeat);
        await pair.Csms.CallAsync(Heartbeat);
        Task? unanswered = null;
        if (connection % 2 == 0)
        {
            pair.Faults = (_, _) => OcppFault.Drop;
            unanswered = pair.Station.CallAsync(Heartbeat);
            await clock.WhenArmedAsync(1);
        }

        switch (connection % 3)
        {
            case 0:
                pair.Cut();
                break;
            case 1:
                pair.Csms.Abort();
                break;
            default:
                await pair.Csms.CloseAsync(WebSocketCloseStatus.NormalClosure);
                break;
        }

        await pair.Station.Completion;
        await pair.Csms.Completion;
        if (unanswered is not null)
        {
            await Assert.ThrowsAsync<OcppConnectionClosedException>(() => unanswered);
        }
    }
}
