using System.Net.WebSockets;
using System.Threading.Channels;
using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.V201;
using Ocpp.Stations.V21;
using Ocpp.Testing;
using Ocpp201 = Ocpp.V201;
using Ocpp21 = Ocpp.V21;

namespace Ocpp.Stations.Tests;

/// <summary>
/// A station that offers OCPP 2.1 and 2.0.1, with one registration, one queue, one device model and one transaction;
/// and a CSMS that a test plays, which chooses the version of each connection.
/// </summary>
internal sealed class VersionsBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();
    private readonly Channel<string?> _restarts = Channel.CreateUnbounded<string?>();
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<WebSocketPair> _sockets = [];
    private readonly OcppHandlers _csms;
    private readonly OcppSessionOptions _sessions = new() { TimeProvider = new OcppTestClock() };
    private OcppProtocol _chosen = Ocpp21.Ocpp21Protocol.Instance;
    private Action _whileOffline = () => { };

    public VersionsBench()
    {
        OcppProtocol[] protocols = [Ocpp21.Ocpp21Protocol.Instance, Ocpp201.Ocpp201Protocol.Instance];
        _csms = new OcppHandlers(protocols);
        _csms
            .On(
                (Ocpp201.BootNotificationRequest request) =>
                    Respond(
                        request,
                        new Ocpp201.BootNotificationResponse
                        {
                            Status = Ocpp201.RegistrationStatusEnumType.Accepted,
                            CurrentTime = DateTimeOffset.UnixEpoch,
                            Interval = 300,
                        }
                    )
            )
            .On(
                (Ocpp21.BootNotificationRequest request) =>
                    Respond(
                        request,
                        new Ocpp21.BootNotificationResponse
                        {
                            Status = Ocpp21.RegistrationStatusEnumType.Accepted,
                            CurrentTime = DateTimeOffset.UnixEpoch,
                            Interval = 300,
                        }
                    )
            )
            .On(
                (Ocpp21.HeartbeatRequest request) =>
                    Respond(request, new Ocpp21.HeartbeatResponse { CurrentTime = DateTimeOffset.UnixEpoch })
            )
            .On((Ocpp201.TransactionEventRequest request) => Respond(request, RespondV201(request)))
            .On((Ocpp21.TransactionEventRequest request) => Respond(request, new Ocpp21.TransactionEventResponse()))
            .On((Ocpp201.NotifyReportRequest request) => Respond(request, new Ocpp201.NotifyReportResponse()))
            .On((Ocpp21.NotifyReportRequest request) => Respond(request, new Ocpp21.NotifyReportResponse()));

        var handlers = new OcppHandlers(protocols);
        Client = new OcppClient(
            handlers,
            new OcppClientOptions
            {
                Url = new Uri("ws://localhost/ocpp"),
                Identity = "CS-1",
                Transport = TransportAsync,
                Session = _sessions,
            }
        );
        Boot = new StationBoot(
            Client,
            new StationBootOptions
            {
                Versions =
                [
                    new V21Station(new Ocpp21.ChargingStationType { VendorName = "Example", Model = "1" }),
                    new V201Station(new Ocpp201.ChargingStationType { VendorName = "Example", Model = "1" }),
                ],
                TimeProvider = new OcppTestClock(),
                Registered = _ => _registered.TrySetResult(),
            }
        );
        Queue = MessageQueue.Open(
            new MessageQueueOptions
            {
                Path = QueuePath,
                MaxMessagesPerSecond = int.MaxValue,
                Responded = (message, response) => Transaction!.Responded(message, response),
            }
        );
        Transaction = new V21Transaction(
            Queue,
            new V21TransactionOptions
            {
                EvseId = 1,
                Settings = new TransactionSettings
                {
                    TxStartPoint = TransactionPoints.EVConnected,
                    TxStopPoint = TransactionPoints.EVConnected,
                },
                CreateTransactionId = () => "T1",
                Complete = request => request with { EvseSleep = true },
            }
        );
        Brightness = Model.Component("Display").AddInteger("Brightness", 80);
        Boot.AddTo(handlers);
        Model.AddTo(handlers, Boot);
        var transactions = new V21Transactions(Queue, [Transaction]);
        transactions.AddTo(handlers);
        handlers.On(
            (Ocpp21.TriggerMessageRequest request, OcppRequestContext context) =>
                Boot.Trigger(request, context, [transactions.Trigger])
        );
        new StationReset(
            Boot,
            Queue,
            [Transaction],
            new StationResetOptions
            {
                Restart = () =>
                {
                    _restarts.Writer.TryWrite(Transaction.TransactionId);
                    return Task.CompletedTask;
                },
            }
        ).AddTo(handlers);
        new V201Transactions(Queue, [Transaction]).AddTo(handlers);
    }

    public OcppClient Client { get; }

    public StationBoot Boot { get; }

    public MessageQueue Queue { get; }

    /// <summary>The file of the queue.</summary>
    public string QueuePath => _folder.Locate("queue");

    public V21Transaction Transaction { get; }

    public DeviceModel Model { get; } = DeviceModel.Open(new DeviceModelOptions());

    public Variable<int> Brightness { get; }

    public OcppSession Csms { get; private set; } = null!;

    public Func<Ocpp201.TransactionEventRequest, Ocpp201.TransactionEventResponse> RespondV201 { get; set; } =
        _ => new Ocpp201.TransactionEventResponse();

    /// <summary>Connects with the version that the CSMS chooses, and waits until that accepts the station.</summary>
    public async Task BeginAsync(OcppProtocol chosen)
    {
        _chosen = chosen;
        await Client.ConnectAsync();
        _ = Boot.RunAsync();
        _ = Queue.RunAsync(Boot);
        await _registered.Task;
    }

    /// <summary>The connection ends, something happens at the station, and there is another connection.</summary>
    public Task ReconnectAsync(OcppProtocol chosen, Action whileOffline)
    {
        _chosen = chosen;
        _whileOffline = whileOffline;
        return Client.ReconnectAsync(Client.Options);
    }

    /// <summary>Waits for the next request of the station, which has to be of this type.</summary>
    public async Task<TRequest> ReceiveAsync<TRequest>() => Assert.IsType<TRequest>(await _received.Reader.ReadAsync());

    /// <summary>Waits until the station is restarted.</summary>
    /// <returns>The transaction that is ongoing then.</returns>
    public async Task<string?> RestartedAsync() => await _restarts.Reader.ReadAsync();

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await Client.DisposeAsync();
        _sockets.ForEach(one => one.Dispose());
        _folder.Dispose();
    }

    private TResponse Respond<TRequest, TResponse>(TRequest request, TResponse response)
    {
        _received.Writer.TryWrite(request!);
        return response;
    }

    private Task<WebSocket> TransportAsync(OcppClientOptions options, CancellationToken cancellationToken)
    {
        _whileOffline();
        var sockets = WebSocketPair.Create(_chosen.Subprotocol);
        _sockets.Add(sockets);
        Csms = new OcppSession(sockets.Server, _csms, options.Identity, _sessions);
        _ = Csms.RunAsync();
        return Task.FromResult(sockets.Client);
    }
}
