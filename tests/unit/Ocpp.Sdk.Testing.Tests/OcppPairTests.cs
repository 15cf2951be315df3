using System.Net.WebSockets;
using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Testing.Tests;

/// <summary>Two sessions in memory, and the faults between them.</summary>
public sealed class OcppPairTests
{
    private static readonly DataTransferResponse s_accepted = new() { Status = DataTransferStatusEnumType.Accepted };

    [Fact]
    public async Task Both_sides_call_each_other()
    {
        await using OcppPair pair = Create();
        Assert.Equal(("station-1", "station-1"), (pair.Station.Identity, pair.Csms.Identity));
        Assert.Equal(s_accepted, await pair.Station.CallAsync(Call("up")));
        Assert.Equal(s_accepted, await pair.Csms.CallAsync(Call("down")));
    }

    [Fact]
    public async Task A_dropped_frame_is_lost_and_the_call_times_out()
    {
        await using OcppPair pair = Create();
        pair.Faults = (sender, _) => sender == OcppParty.Csms ? OcppFault.Drop : OcppFault.None;
        Task call = pair.Station.CallAsync(Call("lost"));
        await pair.Clock.WhenArmedAsync(1);
        pair.Clock.Advance(OcppSessionOptions.Default.ResponseTimeout);
        await Assert.ThrowsAsync<OcppTimeoutException>(() => call);
        pair.Faults = null;
        Assert.Equal(s_accepted, await pair.Station.CallAsync(Call("found")));
    }

    [Fact]
    public async Task A_delayed_frame_arrives_at_its_time_and_those_behind_it_after_it()
    {
        var arrived = new List<string>();
        OcppTestClock clock = new();
        var csms = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<DataTransferRequest, DataTransferResponse>(
                    (request, _) =>
                    {
                        arrived.Add($"{request.VendorId} at {clock.GetUtcNow():ss}");
                        return s_accepted;
                    }
                )
        );
        await using OcppPair pair = OcppPair.Create(
            new OcppHandlers(Ocpp201Protocol.Instance),
            csms,
            new OcppPairOptions
            {
                TimeProvider = clock,
                Faults = (_, frame) =>
                    frame.IndexOf("slow"u8) >= 0 ? OcppFault.Delay(TimeSpan.FromSeconds(5)) : OcppFault.None,
            }
        );
        using var impatient = new CancellationTokenSource();
        Task slow = pair.Station.CallAsync(Call("slow"), impatient.Token);
        await clock.WhenArmedAsync(2);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Task fast = pair.Station.CallAsync(Call("fast"));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(fast.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await fast;
        Assert.Equal(["slow at 05", "fast at 05"], arrived);
    }

    [Fact]
    public async Task What_is_under_way_when_the_connection_ends_is_lost_and_leaves_no_timer()
    {
        OcppTestClock clock = new();
        await using OcppPair pair = Create(
            new OcppPairOptions { TimeProvider = clock, Faults = (_, _) => OcppFault.Delay(TimeSpan.FromHours(1)) }
        );
        Task call = pair.Station.CallAsync(Call("slow"));
        await clock.WhenArmedAsync(2);
        pair.Station.Abort();
        await pair.Station.Completion;
        await pair.Csms.Completion;
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call);
        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public async Task A_pair_uses_any_clock_and_shows_it_as_what_it_is()
    {
        await using OcppPair pair = Create(new OcppPairOptions { TimeProvider = TimeProvider.System });
        Assert.Same(TimeProvider.System, pair.TimeProvider);
        Assert.Same(TimeProvider.System, pair.Csms.Options.TimeProvider);
        Assert.Throws<InvalidOperationException>(() => pair.Clock);
        Assert.Equal(s_accepted, await pair.Station.CallAsync(Call("up")));
    }

    [Fact]
    public async Task A_replaced_frame_arrives_as_something_else()
    {
        await using OcppPair pair = Create();
        pair.Faults = (sender, _) =>
            sender == OcppParty.ChargingStation ? OcppFault.Replace("garbage"u8.ToArray()) : OcppFault.None;
        Task call = pair.Station.CallAsync(Call("unheard"));
        await pair.Clock.WhenArmedAsync(1);
        pair.Clock.Advance(OcppSessionOptions.Default.ResponseTimeout);
        await Assert.ThrowsAsync<OcppTimeoutException>(() => call);
    }

    [Fact]
    public async Task A_cut_loses_the_frame_and_the_connection()
    {
        await using OcppPair pair = Create();
        pair.Faults = (_, _) => OcppFault.Cut;
        OcppConnectionClosedException closed = await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            pair.Station.CallAsync(Call("cut"))
        );
        Assert.Equal(OcppCloseKind.Lost, closed.Reason.Kind);
        Assert.Equal(OcppCloseKind.Lost, (await pair.Csms.Completion).Kind);
    }

    [Fact]
    public async Task A_pair_ends_although_a_handler_does_not()
    {
        var begun = new TaskCompletionSource();
        OcppPair pair = OcppPair.Create(
            new OcppHandlers(Ocpp201Protocol.Instance),
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                set =>
                    set.On<DataTransferRequest, DataTransferResponse>(
                        (_, _) =>
                        {
                            begun.SetResult();
                            return new TaskCompletionSource<DataTransferResponse>().Task;
                        }
                    )
            )
        );
        Task call = pair.Station.CallAsync(Call("unanswered"));
        await begun.Task;
        await pair.DisposeAsync();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call);
    }

    [Fact]
    public async Task Closing_one_side_closes_the_other()
    {
        await using OcppPair pair = Create();
        Assert.Equal(
            OcppCloseKind.ClosedByUs,
            (await pair.Csms.CloseAsync(WebSocketCloseStatus.EndpointUnavailable)).Kind
        );
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByPeer, WebSocketCloseStatus.EndpointUnavailable),
            await pair.Station.Completion
        );
    }

    [Fact]
    public void A_delay_is_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OcppFault.Delay(TimeSpan.Zero));

    [Fact]
    public async Task Raw_sockets_agree_on_the_subprotocol_and_carry_any_message()
    {
        using WebSocketPair pair = WebSocketPair.Create("ocpp2.0.1", capacity: 10);
        Assert.Equal(("ocpp2.0.1", "ocpp2.0.1"), (pair.Client.SubProtocol, pair.Server.SubProtocol));
        byte[] message = Encoding.UTF8.GetBytes(new string('x', 1000));
        Task sending = pair.Client.SendAsync(
            message,
            WebSocketMessageType.Binary,
            endOfMessage: true,
            CancellationToken.None
        );
        Assert.False(sending.IsCompleted);
        byte[] received = new byte[1000];
        int count = 0;
        ValueWebSocketReceiveResult piece;
        do
        {
            piece = await pair.Server.ReceiveAsync(received.AsMemory(count), CancellationToken.None);
            count += piece.Count;
        } while (!piece.EndOfMessage);
        await sending;
        Assert.Equal(message, received);
        Assert.Throws<ArgumentOutOfRangeException>(() => WebSocketPair.Create(capacity: 0));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_cut_breaks_what_is_under_way_on_either_side(bool isServer, bool isSending)
    {
        using WebSocketPair pair = WebSocketPair.Create(capacity: 10);
        WebSocket socket = isServer ? pair.Server : pair.Client;
        byte[] buffer = new byte[1000];
        Task broken = isSending
            ? socket.SendAsync(buffer, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None)
            : socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.False(broken.IsCompleted);
        pair.Cut();
        WebSocketException exception = await Assert.ThrowsAsync<WebSocketException>(() => broken);
        Assert.Equal(WebSocketError.ConnectionClosedPrematurely, exception.WebSocketErrorCode);
    }

    private static OcppPair Create(OcppPairOptions? options = null)
    {
        OcppHandlers Accepting() =>
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                set => set.On<DataTransferRequest, DataTransferResponse>((_, _) => s_accepted)
            );
        return OcppPair.Create(Accepting(), Accepting(), options);
    }

    private static DataTransferRequest Call(string vendor) => new() { VendorId = vendor };
}
