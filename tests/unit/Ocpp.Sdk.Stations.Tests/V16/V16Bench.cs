using System.Threading.Channels;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.V16;
using Ocpp.V16;

namespace Ocpp.Stations.Tests.V16;

/// <summary>The transaction of a connector of OCPP 1.6, its queue, and a CSMS that a test plays.</summary>
internal sealed class V16Bench : IAsyncDisposable
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private readonly TransactionSettings _settings;
    private int _nextTransaction = 1;
    private int _nextId = 100;

    public V16Bench(
        TransactionSettings? settings = null,
        Func<MessageQueueOptions, MessageQueueOptions>? configure = null
    )
    {
        _settings = settings ?? new TransactionSettings();
        Bench = new QueueBench(options =>
        {
            options = options with
            {
                MaxMessagesPerSecond = int.MaxValue,
                Responded = (message, response) => Transaction!.Responded(message, response),
            };
            return configure?.Invoke(options) ?? options;
        });
        Transaction = Open();
    }

    public QueueBench Bench { get; }

    public MessageQueue Queue => Bench.Queue;

    public V16Transaction Transaction { get; private set; }

    /// <summary>What the register of the meter shows, in Wh.</summary>
    public int Register { get; set; } = 1000;

    public Func<TransactionReading, IReadOnlyList<MeterValue>?>? ReadMeter { get; set; }

    public Func<StopTransactionRequest, StopTransactionRequest>? CompleteStop { get; set; }

    public List<TransactionEnergy> Energies { get; } = [];

    /// <summary>What was reported as not accepted.</summary>
    public Channel<string> Refused { get; } = Channel.CreateUnbounded<string>();

    /// <summary>How the CSMS responds to a StartTransaction.</summary>
    public Func<StartTransactionRequest, AuthorizationStatus> Authorize { get; set; } =
        _ => AuthorizationStatus.Accepted;

    /// <summary>The messages that the CSMS fails to process.</summary>
    public Func<string, bool> Refuse { get; set; } = _ => false;

    public static MeterValue Reading(int energy) =>
        new() { Timestamp = DateTimeOffset.UnixEpoch, SampledValue = [new SampledValue { Value = $"{energy}" }] };

    public static StartTransactionRequest Start(int connectorId = 1) =>
        new()
        {
            ConnectorId = connectorId,
            IdTag = "TAG",
            MeterStart = 1000,
            Timestamp = DateTimeOffset.UnixEpoch,
        };

    public static MeterValuesRequest Sample(int energy, int connectorId = 1) =>
        new() { ConnectorId = connectorId, MeterValue = [Reading(energy)] };

    public static StopTransactionRequest Stop(int meterStop = 2000) =>
        new()
        {
            TransactionId = V16TransactionMessages.UnknownTransactionId,
            MeterStop = meterStop,
            Timestamp = DateTimeOffset.UnixEpoch,
        };

    public void Connect() =>
        Bench.Connection.Connect(
            Ocpp16Protocol.Instance,
            csms =>
                csms.On(
                        (StartTransactionRequest request) =>
                        {
                            Receive($"Start {request.ConnectorId} {request.IdTag} {request.MeterStart}");
                            return new StartTransactionResponse
                            {
                                TransactionId = _nextId++,
                                IdTagInfo = new IdTagInfo { Status = Authorize(request) },
                            };
                        }
                    )
                    .On(
                        (MeterValuesRequest request) =>
                        {
                            string values = string.Join(
                                '+',
                                request.MeterValue.Select(one => one.SampledValue[0].Value)
                            );
                            Receive($"Meter {request.TransactionId} {request.ConnectorId} {values}");
                            return new MeterValuesResponse();
                        }
                    )
                    .On(
                        (StopTransactionRequest request) =>
                        {
                            string? data = request.TransactionData is { } values
                                ? " " + string.Join('+', values.Select(one => one.SampledValue[0].Value))
                                : null;
                            string? idTag = request.IdTag is { } tag ? " " + tag : null;
                            Receive(
                                $"Stop {request.TransactionId} {request.Reason?.ToString() ?? "none"} "
                                    + $"{request.MeterStop}{idTag}{data}"
                            );
                            return new StopTransactionResponse();
                        }
                    )
        );

    public void Run() => _ = Bench.RunAsync();

    public void ConnectAndRun()
    {
        Connect();
        Run();
    }

    /// <summary>The connection ends, and nothing is sent any more.</summary>
    public async Task CutAsync()
    {
        Bench.Connection.Pair.Cut();
        await Bench.Connection.Pair.Station.Completion;
    }

    /// <summary>The station is killed and restarted: what was not in the file is lost.</summary>
    public async Task KillAsync()
    {
        Bench.Disk.Room = 0;
        await RestartAsync();
        Bench.Disk.Room = long.MaxValue;
    }

    /// <summary>Passes a wait of the queue, when it has begun.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await Bench.Clock.WhenArmedAsync(1);
        Bench.Clock.Advance(time);
    }

    /// <summary>Passes the time-out of a call that gets no response.</summary>
    public async Task TimeOutAsync(bool isSilent)
    {
        if (isSilent)
        {
            await Bench.Connection.Clock.WhenArmedAsync(1);
            Bench.Connection.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>The station is restarted: queue and transaction are read from the file.</summary>
    public async Task RestartAsync()
    {
        await Bench.RestartAsync();
        Transaction = Open();
    }

    public async Task<string> ReceiveAsync() => await _received.Reader.ReadAsync();

    /// <summary>Asserts that exactly these messages arrive, and the queue is empty then.</summary>
    public async Task AssertReceivedAsync(params string[] expected)
    {
        var lines = new List<string>();
        while (lines.Count < expected.Length)
        {
            lines.Add(await ReceiveAsync());
        }

        Assert.Equal(expected, lines);
        await Queue.WhenEmptyAsync();
        Assert.False(_received.Reader.TryPeek(out string? more), more);
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    private void Receive(string line)
    {
        _received.Writer.TryWrite(line);
        if (Refuse(line))
        {
            throw new OcppCallErrorException(OcppErrorCode.InternalError);
        }
    }

    private V16Transaction Open() =>
        new(
            Queue,
            new V16TransactionOptions
            {
                EvseId = 1,
                Settings = _settings,
                ReadRegister = () => Register,
                ReadMeter = reading => ReadMeter?.Invoke(reading),
                CompleteStop = stop => CompleteStop?.Invoke(stop) ?? stop,
                Refused = (request, info) => Refused.Writer.TryWrite($"{request.IdTag} {info.Status}"),
                EnergyChanged = () => Energies.Add(Transaction.Energy),
                CreateTransactionId = () => $"T{_nextTransaction++}",
                TimeProvider = Bench.Clock,
                Logger = Bench.Log,
            }
        );
}
