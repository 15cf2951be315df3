using System.Net.WebSockets;
using Ocpp.Rpc;

namespace Ocpp.Testing;

/// <summary>
/// A station and a CSMS, connected in memory over real WebSocket framing, on a clock that the test moves, with faults
/// where the test wants them: for tests of handlers and flows, without a port and without waiting.
/// </summary>
public sealed class OcppPair : IAsyncDisposable
{
    private readonly WebSocketPair _sockets;
    private readonly bool _ownsClock;

    private OcppPair(OcppHandlers station, OcppHandlers csms, OcppPairOptions options)
    {
        _ownsClock = options.TimeProvider is null;
        TimeProvider = options.TimeProvider ?? new OcppTestClock();
        Faults = options.Faults;
        _sockets = WebSocketPair.Create(Agreed(station, csms).Subprotocol, options.Capacity);
        Station = Open(_sockets.Client, OcppParty.ChargingStation, station, options.Station);
        Csms = Open(_sockets.Server, OcppParty.Csms, csms, options.Csms);

        OcppSession Open(WebSocket socket, OcppParty party, OcppHandlers handlers, OcppSessionOptions sessionOptions)
        {
            var faulty = new FaultyWebSocket(
                socket,
                TimeProvider,
                frame => Faults?.Invoke(party, frame.Span) ?? OcppFault.None,
                Cut
            );
            return new OcppSession(
                faulty,
                handlers,
                options.Identity,
                sessionOptions with
                {
                    TimeProvider = TimeProvider,
                },
                options.Connection
            );
        }
    }

    /// <summary>The station's session.</summary>
    public OcppSession Station { get; }

    /// <summary>The CSMS's session with the station.</summary>
    public OcppSession Csms { get; }

    /// <summary>The clock of both sessions and of delayed frames.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary><see cref="TimeProvider"/> as the clock of this package: time-outs occur when it is advanced.</summary>
    /// <exception cref="InvalidOperationException">
    /// The options gave the pair another kind of clock: advance that one.
    /// </exception>
    public OcppTestClock Clock =>
        TimeProvider as OcppTestClock
        ?? throw new InvalidOperationException(
            $"The clock of this pair is not an {nameof(OcppTestClock)}: advance the one from the options."
        );

    /// <summary>
    /// What becomes of each frame that is sent from now on; <see langword="null"/> leaves all as they are.
    /// </summary>
    public OcppFaultChoice? Faults { get; set; }

    /// <summary>Makes both sessions, and lets them run.</summary>
    /// <param name="station">What handles the CSMS's requests.</param>
    /// <param name="csms">
    /// What handles the station's requests. Both speak the first protocol of the station that the CSMS has, too.
    /// </param>
    /// <param name="options">The options; all defaults if left out.</param>
    /// <exception cref="ArgumentException">The two have no protocol in common.</exception>
    public static OcppPair Create(OcppHandlers station, OcppHandlers csms, OcppPairOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(csms);
        var pair = new OcppPair(station, csms, options ?? new OcppPairOptions());
        _ = pair.Station.RunAsync();
        _ = pair.Csms.RunAsync();
        return pair;
    }

    /// <summary>Makes both sessions with their handlers, and lets them run.</summary>
    /// <param name="protocol">The protocol that both speak.</param>
    /// <param name="station">Registers what handles the CSMS's requests.</param>
    /// <param name="csms">Registers what handles the station's requests.</param>
    /// <param name="options">The options; all defaults if left out.</param>
    public static OcppPair Create(
        OcppProtocol protocol,
        Action<IOcppHandlers>? station = null,
        Action<IOcppHandlers>? csms = null,
        OcppPairOptions? options = null
    ) => Create(new OcppHandlers(protocol, station), new OcppHandlers(protocol, csms), options);

    private static OcppProtocol Agreed(OcppHandlers station, OcppHandlers csms) =>
        station.Protocols.FirstOrDefault(offered =>
            csms.Protocols.Any(protocol => protocol.Subprotocol == offered.Subprotocol)
        ) ?? throw new ArgumentException("The station and the CSMS have no protocol in common.", nameof(csms));

    /// <summary>Breaks the connection, as a pulled cable does: neither side sees a close frame.</summary>
    public void Cut() => _sockets.Cut();

    /// <summary>
    /// Drops the connection, and waits for both sessions to end. A handler that ignores its cancellation holds its
    /// session for <see cref="OcppSessionOptions.CloseTimeout"/>: the pair advances its own clock until that time is
    /// over, but not one from its options, which others may use, too.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Task ended = Task.WhenAll(Station.DisposeAsync().AsTask(), Csms.DisposeAsync().AsTask());
        while (_ownsClock && !ended.IsCompleted)
        {
            // Not earlier, or a pending call might meet its time-out instead of the end of the connection.
            if (Station.IsDown && Csms.IsDown)
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }

        await ended.ConfigureAwait(false);
    }
}
