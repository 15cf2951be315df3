using Ocpp.Stations.Transactions;
using Ocpp.Stations.V201;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>The transaction of an EVSE, its queue, and a CSMS that a test plays.</summary>
internal sealed class TransactionBench : IAsyncDisposable
{
    private readonly TransactionSettings _settings;
    private V201Transaction? _transaction;
    private int _nextId = 1;

    public TransactionBench(TransactionSettings? settings = null)
    {
        _settings = settings ?? new TransactionSettings();
        Queue = new QueueBench(options =>
            options with
            {
                MaxMessagesPerSecond = int.MaxValue,
                Responded = (message, response) => Transaction.Responded(message, response),
            }
        );
        _transaction = Open();
        Queue.Connect();
        Run();
    }

    public TransactionBench(TransactionPoints start, TransactionPoints stop)
        : this(new TransactionSettings { TxStartPoint = start, TxStopPoint = stop }) { }

    public static IdTokenType IdToken { get; } = new() { IdToken = "04A1B2C3", Type = IdTokenEnumType.ISO14443 };

    public static IdTokenType OtherIdToken { get; } = new() { IdToken = "04D4E5F6", Type = IdTokenEnumType.ISO14443 };

    public QueueBench Queue { get; }

    public V201Transaction Transaction => _transaction!;

    /// <summary>What the energy of the transaction was each time it was reported to have changed.</summary>
    public List<TransactionEnergy> Energies { get; } = [];

    public Func<TransactionReading, IReadOnlyList<MeterValueType>?>? ReadMeter { get; set; }

    /// <summary>The next events at the CSMS, each in a line.</summary>
    public async Task<string[]> NextAsync(int count)
    {
        var lines = new List<string>();
        while (lines.Count < count)
        {
            lines.Add(Describe(await Queue.ReceiveAsync()));
        }

        return [.. lines];
    }

    /// <summary>All events that have arrived since the last time, those that arrived twice once.</summary>
    public IEnumerable<string> Arrived => Queue.ReceiveAll().Select(Describe).Distinct();

    /// <summary>Asserts that exactly these events have arrived since the last time.</summary>
    public async Task AssertEventsAsync(params string[] expected)
    {
        Assert.Equal(expected, await NextAsync(expected.Length));
        await Queue.Queue.WhenEmptyAsync();
        Assert.False(Queue.HasReceivedMore);
    }

    /// <summary>
    /// The station is restarted: queue and transaction are read from the file. Nothing is sent before
    /// <see cref="Run"/>.
    /// </summary>
    public async Task RestartAsync()
    {
        await Queue.RestartAsync();
        _transaction = Open();
    }

    public void Run() => _ = Queue.RunAsync();

    public static MeterValueType Reading(decimal energy) =>
        new() { Timestamp = DateTimeOffset.UnixEpoch, SampledValue = [new SampledValueType { Value = energy }] };

    public ValueTask DisposeAsync() => Queue.DisposeAsync();

    private static string Describe(TransactionEventRequest request) =>
        string.Join(
            ' ',
            new object?[]
            {
                request.TransactionInfo.TransactionId,
                request.SeqNo,
                request.EventType,
                request.TriggerReason,
                request.TransactionInfo.ChargingState,
                request.TransactionInfo.StoppedReason is { } reason ? $"stopped={reason}" : null,
                request.Evse is { } evse ? $"evse={evse.Id}/{evse.ConnectorId}" : null,
                request.IdToken is { } idToken ? $"idToken={idToken.IdToken}" : null,
                request.TransactionInfo.RemoteStartId is { } remote ? $"remote={remote}" : null,
                request.ReservationId is { } reservation ? $"reservation={reservation}" : null,
                request.MeterValue is { } values
                    ? $"meter={string.Join('+', values.Select(value => value.SampledValue[0].Value))}"
                    : null,
                request.Offline == true ? "offline" : null,
            }.Where(part => part is not null)
        );

    private V201Transaction Open() =>
        new(
            Queue.Queue,
            new V201TransactionOptions
            {
                EvseId = 1,
                ConnectorId = 2,
                Settings = _settings,
                ReadMeter = reading => ReadMeter?.Invoke(reading),
                EnergyChanged = () => Energies.Add(Transaction.Energy),
                CreateTransactionId = () => $"T{_nextId++}",
                TimeProvider = Queue.Clock,
                Logger = Queue.Log,
            }
        );
}
