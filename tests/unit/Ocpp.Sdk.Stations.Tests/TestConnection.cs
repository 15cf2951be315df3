using Ocpp.Testing;

namespace Ocpp.Stations.Tests;

/// <summary>A connection that a test makes and cuts. Sessions on it are those of a pair in memory.</summary>
internal sealed class TestConnection : IStationConnection, IAsyncDisposable
{
    private readonly List<OcppPair> _pairs = [];
    private TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The clock of the sessions. The queue has another, so that tests know whose timers are armed.</summary>
    public OcppTestClock Clock { get; } = new();

    public OcppPair Pair => _pairs[^1];

    public bool IsConnected => _pairs.Count > 0 && Pair.Station.IsOpen;

    public void Connect(OcppProtocol protocol, Action<IOcppHandlers> csms)
    {
        var unlimited = new OcppSessionOptions { MaxMessagesPerSecond = int.MaxValue };
        var options = new OcppPairOptions
        {
            TimeProvider = Clock,
            Csms = unlimited,
            Station = unlimited,
        };
        _pairs.Add(OcppPair.Create(protocol, csms: csms, options: options));
        TaskCompletionSource connected = _connected;
        _connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connected.SetResult();
    }

    public async Task<OcppSession?> WaitForSessionAsync(OcppSession? except, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task connected = _connected.Task;
            if (IsConnected && Pair.Station != except)
            {
                return Pair.Station;
            }

            await connected.WaitAsync(cancellationToken);
        }
    }

    /// <summary>How messages are translated; <see langword="null"/> if they are not.</summary>
    public Func<QueuedMessage, ReadOnlyMemory<byte>?>? Translation { get; set; }

    public ReadOnlyMemory<byte>? Translate(QueuedMessage message, OcppProtocol protocol) =>
        Translation?.Invoke(message);

    /// <summary>How many messages the CSMS has responded to.</summary>
    public int Exchanges { get; private set; }

    public void Exchanged() => Exchanges++;

    public async ValueTask DisposeAsync()
    {
        foreach (OcppPair pair in _pairs)
        {
            await pair.DisposeAsync();
        }
    }
}
