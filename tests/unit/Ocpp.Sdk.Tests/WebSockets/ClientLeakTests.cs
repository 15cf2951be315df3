using System.Runtime.CompilerServices;

namespace Ocpp.Tests.WebSockets;

public class ClientLeakTests
{
    private const int Reconnects = 3000;

    private readonly ScriptedCsms _csms = new();

    [Fact]
    public async Task Thousands_of_reconnects_leave_no_session_socket_or_timer_behind()
    {
        await using OcppClient client = _csms.Client(options =>
            options with
            {
                RetryBackOffResetAfter = TimeSpan.Zero,
            }
        );
        await client.ConnectAsync();
        await using var states = new StateListener(client);
        var sessions = new List<WeakReference>();
        for (int i = 0; i < Reconnects; i++)
        {
            await states.UntilAsync(OcppClientState.Connected);
            sessions.Add(Track(client));
            _csms.Socket.Cut();
            await states.UntilAsync(OcppClientState.WaitingToReconnect);
            _csms.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await states.UntilAsync(OcppClientState.Connected);
        await _csms.NoTimersAsync();
        Assert.Equal(Reconnects + 1, _csms.Sockets.Count);
        Assert.All(_csms.Sockets.Take(Reconnects), socket => Assert.True(socket.IsDisposed));

        // The last ones may still be in a frame or a register.
        await Collected.UntilAsync(() => sessions.Count(session => session.IsAlive) <= 2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Track(OcppClient client) => new(client.Session);
}
