using System.Text;
using System.Text.Json;
using Ocpp.Stations.Transactions;

namespace Ocpp.Stations.Tests;

/// <summary>
/// The transaction of an EVSE of any version, its queue, and a CSMS that a test plays. Messages are compared as JSON,
/// in which the versions have the same names.
/// </summary>
internal abstract class VersionTransactionBench<TIdToken, TMeterValue, TRequest, TResponse> : IAsyncDisposable
    where TIdToken : class, IOcppPayload<TIdToken>
    where TMeterValue : class, IOcppPayload<TMeterValue>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>, new()
{
    private readonly TransactionSettings _settings;
    private EvseTransaction<TIdToken, TMeterValue>? _transaction;
    private int _nextId = 1;

    protected VersionTransactionBench(
        TransactionSettings? settings,
        Func<Func<MessageQueueOptions, MessageQueueOptions>, VersionQueueBench<TRequest, TResponse>> open
    )
    {
        _settings = settings ?? new TransactionSettings();
        Queue = open(options =>
            options with
            {
                MaxMessagesPerSecond = int.MaxValue,
                Responded = (message, response) => Transaction.Responded(message, response),
            }
        );
        Clock = new StationClock(Queue.Clock);
        _transaction = Open(Queue.Queue);
        Queue.Connect();
        Run();
    }

    public VersionQueueBench<TRequest, TResponse> Queue { get; }

    public EvseTransaction<TIdToken, TMeterValue> Transaction => _transaction!;

    /// <summary>The clock of the transaction: that of the queue until it is set.</summary>
    public StationClock Clock { get; private set; }

    /// <summary>What the energy of the transaction was each time it was reported to have changed.</summary>
    public List<TransactionEnergy> Energies { get; } = [];

    public Func<TransactionReading, IReadOnlyList<TMeterValue>?>? ReadMeter { get; set; }

    /// <summary>Is called, too, when the energy has changed.</summary>
    public Action? EnergyChanged { get; set; }

    /// <summary>All events that have arrived since the last time, those that arrived twice once.</summary>
    public IEnumerable<string> Arrived => Queue.ReceiveAll().Select(Describe).Distinct();

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

    /// <summary>Asserts that exactly these events have arrived since the last time.</summary>
    public async Task AssertEventsAsync(params string[] expected)
    {
        Assert.Equal(expected, await NextAsync(expected.Length));
        await Queue.Queue.WhenEmptyAsync();
        Assert.False(Queue.HasReceivedMore);
    }

    /// <summary>The time in which energy was transferred, in seconds, that the next event has.</summary>
    public async Task<int> NextTimeSpentChargingAsync() =>
        Json(await Queue.ReceiveAsync()).GetProperty("transactionInfo").GetProperty("timeSpentCharging").GetInt32();

    /// <summary>The CSMS responds to the events of some triggers with this, and to others with nothing.</summary>
    public void Respond(string response, Func<string, bool>? to = null) =>
        Queue.Respond = request =>
            to?.Invoke(Json(request).GetProperty("triggerReason").GetString()!) != false
                ? OcppJson.Parse<TResponse>(Encoding.UTF8.GetBytes(response))
                : new TResponse();

    /// <summary>The CSMS does not accept the idToken of an event that has one.</summary>
    public void RefuseIdTokens(Func<string, bool>? to = null, Action? before = null) =>
        Queue.Respond = request =>
        {
            before?.Invoke();
            // That the driver had energy is reported first.
            SpinWait.SpinUntil(() => Energies.Count > 0, TimeSpan.FromSeconds(30));
            JsonElement json = Json(request);
            return
                json.TryGetProperty("idToken", out _)
                && to?.Invoke(json.GetProperty("triggerReason").GetString()!) != false
                ? OcppJson.Parse<TResponse>("""{"idTokenInfo":{"status":"Blocked"}}"""u8)
                : new TResponse();
        };

    /// <summary>
    /// The station is restarted: queue and transaction are read from the file. Nothing is sent before
    /// <see cref="Run"/>. The clock is not set any more.
    /// </summary>
    public async Task RestartAsync()
    {
        await Queue.RestartAsync();
        Clock = new StationClock(Queue.Clock);
        _transaction = Open(Queue.Queue);
    }

    public void Run() => _ = Queue.RunAsync();

    public ValueTask DisposeAsync() => Queue.DisposeAsync();

    protected abstract EvseTransaction<TIdToken, TMeterValue> Open(MessageQueue queue);

    protected TOptions Configure<TOptions>(TOptions options)
        where TOptions : EvseTransactionOptions<TMeterValue> =>
        options with
        {
            ConnectorId = 2,
            Settings = _settings,
            ReadMeter = reading => ReadMeter?.Invoke(reading),
            EnergyChanged = () =>
            {
                Energies.Add(Transaction.Energy);
                EnergyChanged?.Invoke();
            },
            CreateTransactionId = () => $"T{_nextId++}",
            TimeProvider = Clock,
            Logger = Queue.Log,
        };

    private static string Describe(TRequest request)
    {
        JsonElement json = Json(request);
        JsonElement transaction = json.GetProperty("transactionInfo");
        return string.Join(
            ' ',
            new[]
            {
                Text(transaction, "transactionId"),
                Text(json, "seqNo"),
                Text(json, "eventType"),
                Text(json, "triggerReason"),
                Text(transaction, "chargingState"),
                Text(transaction, "stoppedReason", "stopped="),
                json.TryGetProperty("evse", out JsonElement evse)
                    ? $"evse={Text(evse, "id")}/{Text(evse, "connectorId")}"
                    : null,
                json.TryGetProperty("idToken", out JsonElement idToken) ? Text(idToken, "idToken", "idToken=") : null,
                Text(transaction, "remoteStartId", "remote="),
                Text(json, "reservationId", "reservation="),
                Text(transaction, "transactionLimit", "limits="),
                json.TryGetProperty("meterValue", out JsonElement values)
                    ? "meter="
                        + string.Join(
                            '+',
                            values.EnumerateArray().Select(value => Text(value.GetProperty("sampledValue")[0], "value"))
                        )
                    : null,
                json.TryGetProperty("offline", out JsonElement offline) && offline.GetBoolean() ? "offline" : null,
            }.Where(part => part is not null)
        );
    }

    private static string? Text(JsonElement json, string name, string prefix = "") =>
        json.TryGetProperty(name, out JsonElement value) ? prefix + value : null;

    private static JsonElement Json(TRequest request)
    {
        using JsonDocument document = JsonDocument.Parse(OcppJson.ToUtf8Bytes(request));
        return document.RootElement.Clone();
    }
}
