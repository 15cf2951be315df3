using System.Globalization;
using System.Net.WebSockets;
using System.Threading.Channels;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Storm;

/// <summary>
/// Real clients with the same options and random numbers as the stations of the simulation, on an
/// <see cref="OcppTestClock"/> and without a network: they must try at the same milliseconds.
/// </summary>
internal sealed class Clients : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly Uri s_elsewhere = new("wss://east.example.com/ocpp");

    private readonly OcppTestClock _clock = new();
    private readonly Setting _setting;
    private readonly OcppClient[] _clients;
    private readonly IAsyncEnumerator<OcppClientStateChange>[] _states;
    private readonly WebSocketPair?[] _sockets;
    private readonly int[] _failed;
    private readonly HashSet<Attempt> _accepted = [];
    private readonly Channel<Attempt> _tries = Channel.CreateUnbounded<Attempt>();
    private readonly List<Task> _switches = [];
    private bool _isLost;
    private long _start;

    public Clients(Setting setting, int count, ulong seed)
    {
        _setting = setting;
        _sockets = new WebSocketPair?[count];
        _failed = new int[count];
        _clients =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new OcppClient(
                    Ocpp201Protocol.Instance,
                    setting.Of(i, seed) with
                    {
                        Identity = i.ToString(CultureInfo.InvariantCulture),
                        Session = new OcppSessionOptions { TimeProvider = _clock },
                        Transport = OpenAsync,
                    }
                )),
        ];
        _states = [.. _clients.Select(client => client.StatesAsync().GetAsyncEnumerator())];
    }

    /// <summary>Has all clients lose their connections, and compares each try with the expected one.</summary>
    /// <returns>What differs; <see langword="null"/> if nothing does.</returns>
    public async Task<string?> CompareAsync(IReadOnlyList<Attempt> expected)
    {
        for (int i = 0; i < _clients.Length; i++)
        {
            await _clients[i].ConnectAsync();
            await UntilAsync(i, OcppClientState.Connected);
        }

        // A connection that has lasted begins the waits anew.
        _clock.Advance(_setting.Options.RetryBackOffResetAfter);
        _start = _clock.GetTimestamp();
        _isLost = true;
        _accepted.UnionWith(expected.Where(attempt => attempt.IsAccepted));
        int lost = 0;
        foreach (IGrouping<long, Attempt> due in expected.GroupBy(attempt => attempt.Time))
        {
            for (; lost < _clients.Length && LostAt(lost) <= due.Key; lost++)
            {
                AdvanceTo(LostAt(lost));
                _sockets[lost]!.Cut();
                await UntilAsync(lost, OcppClientState.WaitingToReconnect);
            }

            AdvanceTo(due.Key);
            // Those of one millisecond come in any order.
            for (var left = due.ToList(); left.Count > 0; )
            {
                Attempt made = await _tries.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
                if (!left.Remove(made))
                {
                    return $"expected {left[0]}, made {made}";
                }

                await SettleAsync(made);
            }
        }

        await Task.WhenAll(_switches).WaitAsync(s_patience);
        return _tries.Reader.TryRead(out Attempt more) ? $"not expected: {more}" : null;
    }

    public async ValueTask DisposeAsync()
    {
        for (int i = 0; i < _clients.Length; i++)
        {
            _sockets[i]?.Cut();
            await _clients[i].DisposeAsync();
            await _states[i].DisposeAsync();
        }
    }

    private long LostAt(int station) => _setting.LostAt(station, _clients.Length);

    private long Now => (long)_clock.GetElapsedTime(_start).TotalMilliseconds;

    private void AdvanceTo(long time) => _clock.Advance(TimeSpan.FromMilliseconds(time - Now));

    /// <summary>Waits until a client has drawn the conclusion of its try.</summary>
    private async Task SettleAsync(Attempt attempt)
    {
        int station = attempt.Station;
        OcppClient client = _clients[station];
        if (attempt.IsAccepted)
        {
            await UntilAsync(station, OcppClientState.Connected);
            return;
        }

        bool isLast = _setting.HasSecondProfile && ++_failed[station] == client.Options.ConnectionAttempts;
        if (isLast)
        {
            _failed[station] = 0;
        }

        // From the second profile the client goes back at once, by itself.
        if (isLast && attempt.IsElsewhere)
        {
            return;
        }

        await UntilAsync(station, OcppClientState.WaitingToReconnect);
        if (isLast)
        {
            _switches.Add(client.ReconnectAsync(client.Options with { Url = s_elsewhere }));
        }
    }

    private async Task UntilAsync(int station, OcppClientState state)
    {
        do
        {
            if (!await _states[station].MoveNextAsync().AsTask().WaitAsync(s_patience))
            {
                throw new InvalidOperationException("The client is closed.");
            }
        } while (_states[station].Current.State != state);
    }

    private Task<WebSocket> OpenAsync(OcppClientOptions options, CancellationToken cancellationToken)
    {
        int station = int.Parse(options.Identity, CultureInfo.InvariantCulture);
        var accepted = new Attempt(Now, station, options.Url == s_elsewhere, IsAccepted: true);
        bool isAccepted = !_isLost || _accepted.Contains(accepted);
        if (isAccepted)
        {
            _sockets[station] = WebSocketPair.Create(Ocpp201Protocol.Instance.Subprotocol);
        }

        if (_isLost)
        {
            _tries.Writer.TryWrite(accepted with { IsAccepted = isAccepted });
        }

        return isAccepted
            ? Task.FromResult(_sockets[station]!.Client)
            : Task.FromException<WebSocket>(
                new OcppConnectionFailedException(OcppConnectionFailure.Refused, "The CSMS accepts no more.")
            );
    }
}
