using System.Collections.Concurrent;
using System.Threading.Channels;
using Ocpp.Stations.Tests.Storage;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>A station of two EVSEs with all its parts, and a CSMS that a test plays.</summary>
internal sealed class PartsBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<int> _restarts = Channel.CreateUnbounded<int>();
    private readonly Channel<string> _availabilities = Channel.CreateUnbounded<string>();
    private int _nextId = 1;

    public PartsBench(Func<StationResetOptions, StationResetOptions>? configure = null)
    {
        Configure = configure ?? (options => options);
        Open();
    }

    public BootBench Boot { get; private set; } = null!;

    public OcppTestClock Clock => Boot.Clock;

    public FailingDisk Disk { get; } = new();

    public MessageQueue Queue { get; private set; } = null!;

    public V201Transaction First { get; private set; } = null!;

    public V201Transaction Second { get; private set; } = null!;

    public StationReset Reset { get; private set; } = null!;

    public StationMeter Meter { get; private set; } = null!;

    public Func<StationResetOptions, StationResetOptions> Configure { get; }

    /// <summary>Reads the meter of an EVSE.</summary>
    public Func<int, TransactionReading, decimal> ReadMeter { get; set; } = (evseId, _) => evseId;

    /// <summary>Is called when an EVSE has another energy.</summary>
    public Action? EnergyChanged { get; init; }

    /// <summary>Which readings were taken since the last time, by EVSE.</summary>
    public ConcurrentQueue<(int EvseId, TransactionReading Reading)> Readings { get; } = [];

    /// <summary>Connects, and waits until the CSMS has responded to the BootNotification.</summary>
    public async Task<BootNotificationRequest> BeginAsync()
    {
        await Boot.BeginAsync();
        _ = Queue.RunAsync(Boot.Registration);
        BootNotificationRequest request = await Boot.ReceiveAsync<BootNotificationRequest>();
        await Boot.RegisteredAsync();
        return request;
    }

    public async Task<ResetStatusEnumType> ResetAsync(ResetEnumType type, int? evseId = null) =>
        (await Boot.CsmsSession.CallAsync(new ResetRequest { Type = type, EvseId = evseId })).Status;

    public async Task<TriggerMessageStatusEnumType> TriggerAsync(MessageTriggerEnumType message, EVSEType? evse) =>
        (
            await Boot.CsmsSession.CallAsync(new TriggerMessageRequest { RequestedMessage = message, Evse = evse })
        ).Status;

    /// <summary>Waits for the next event of a transaction at the CSMS.</summary>
    public async Task<string> EventAsync()
    {
        TransactionEventRequest request = await Boot.ReceiveAsync<TransactionEventRequest>();
        string reason = request.TransactionInfo.StoppedReason is { } stopped ? $" {stopped}" : "";
        return $"{request.TransactionInfo.TransactionId} {request.EventType} {request.TriggerReason}{reason}";
    }

    /// <summary>Waits until what is to be restarted is: 0 is the station, others are EVSEs.</summary>
    public async Task<int> RestartedAsync() => await _restarts.Reader.ReadAsync();

    public bool HasRestarted => _restarts.Reader.TryPeek(out _);

    /// <summary>Waits for the next report that an EVSE is available or not.</summary>
    public async Task<string> AvailabilityAsync() => await _availabilities.Reader.ReadAsync();

    /// <summary>A transaction begins, and the CSMS has the events.</summary>
    public async Task StartAsync(V201Transaction transaction)
    {
        transaction.EvConnected();
        transaction.Authorize(TransactionBench.IdToken);
        await EventAsync();
    }

    /// <summary>The station starts anew, with the file of its queue.</summary>
    public async Task RestartAsync()
    {
        await Boot.DisposeAsync();
        await Queue.DisposeAsync();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Boot.DisposeAsync();
        await Queue.DisposeAsync();
        _folder.Dispose();
    }

    private Task NoteRestartAsync(int what)
    {
        _restarts.Writer.TryWrite(what);
        return Task.CompletedTask;
    }

    private void Open()
    {
        Boot = new BootBench { Boot = _ => BootBench.Answer(RegistrationStatusEnumType.Accepted, 86400) };
        Queue = MessageQueue.Open(
            new MessageQueueOptions
            {
                Path = _folder.Locate("queue"),
                MaxMessagesPerSecond = int.MaxValue,
                TimeProvider = Clock,
            },
            Disk
        );
        (First, Second) = (OpenEvse(1), OpenEvse(2));
        Meter = new StationMeter(Boot.Registration, [First, Second]);
        Boot.OtherTriggers.Add(Meter.Trigger);
        Boot.OtherTriggers.Add(
            (request, context) =>
                Boot.Registration.TriggerStatus(
                    request,
                    context,
                    (evseId, connectorId) => connectorId == 1 ? ConnectorStatusEnumType.Occupied : null
                )
        );
        var options = new StationResetOptions
        {
            Restart = () => NoteRestartAsync(0),
            RestartEvse = NoteRestartAsync,
            AvailabilityChanged = (evseId, isAvailable) =>
                _availabilities.Writer.TryWrite($"EVSE {evseId}: {(isAvailable ? "available" : "unavailable")}"),
            TimeProvider = Clock,
            Logger = Boot.Log,
        };
        Reset = new StationReset(Boot.Registration, Queue, [First, Second], Configure(options));
        Reset.AddTo(Boot.Client);
    }

    private V201Transaction OpenEvse(int evseId) =>
        new(
            Queue,
            new V201TransactionOptions
            {
                EvseId = evseId,
                Boot = Boot.Registration,
                ReadMeter = reading =>
                {
                    if (
                        reading
                        is not (TransactionReading.Begin or TransactionReading.BeginForEnd or TransactionReading.End)
                    )
                    {
                        Readings.Enqueue((evseId, reading));
                    }

                    return [TransactionBench.Reading(ReadMeter(evseId, reading))];
                },
                EnergyChanged = () => EnergyChanged?.Invoke(),
                CreateTransactionId = () => $"T{_nextId++}",
                TimeProvider = Boot.Registration.Clock,
            }
        );
}
