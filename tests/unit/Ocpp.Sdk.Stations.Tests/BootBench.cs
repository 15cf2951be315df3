using System.Net.WebSockets;
using System.Threading.Channels;
using Ocpp.Stations.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>A station that registers, with a CSMS in memory that a test plays.</summary>
internal sealed class BootBench : IAsyncDisposable
{
    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();
    private readonly Channel<StationRegistration> _registrations = Channel.CreateUnbounded<StationRegistration>();
    private readonly OcppHandlers _csms;
    private readonly List<WebSocketPair> _sockets = [];
    private readonly OcppSessionOptions _sessions = new() { TimeProvider = new OcppTestClock() };

    public BootBench(Func<StationBootOptions, StationBootOptions>? configure = null, DeviceModel? model = null)
    {
        _csms = new OcppHandlers(
            Ocpp201Protocol.Instance,
            csms =>
            {
                csms.On((BootNotificationRequest request) => Boot(Receive(request)));
                csms.On((HeartbeatRequest request) => Heartbeat(Receive(request)));
                csms.On((StatusNotificationRequest request) => Respond(request, new StatusNotificationResponse()));
                csms.On((TransactionEventRequest request) => EventAsync(Receive(request)));
                csms.On((MeterValuesRequest request) => Respond(request, new MeterValuesResponse()));
                csms.On((NotifyReportRequest request) => ReportAsync(Receive(request)));
            }
        );
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        Client = new OcppClient(
            handlers,
            new OcppClientOptions
            {
                Url = new Uri("ws://localhost/ocpp"),
                Identity = "CS-1",
                OfflineCalls = OcppOfflineCalls.Wait,
                Transport = TransportAsync,
                Session = _sessions,
            }
        );
        var options = new StationBootOptions
        {
            Versions = [Station],
            TimeProvider = Clock,
            Logger = Log,
            Registered = registration => _registrations.Writer.TryWrite(registration),
        };
        Registration = new StationBoot(Client, configure?.Invoke(options) ?? options);
        Registration.AddTo(handlers);
        handlers.On(
            (TriggerMessageRequest request, OcppRequestContext context) =>
                Registration.Trigger(request, context, OtherTriggers)
        );
        if (model is null)
        {
            handlers.On(
                (GetBaseReportRequest _) =>
                    new GetBaseReportResponse { Status = GenericDeviceModelStatusEnumType.Accepted }
            );
        }
        else
        {
            model.AddTo(handlers, Registration);
        }
    }

    /// <summary>The clock of the registration; the sessions have another one.</summary>
    public OcppTestClock Clock { get; } = new();

    public TestLog Log { get; } = new();

    public V201Station Station { get; } = new(new ChargingStationType { VendorName = "Example", Model = "1" });

    public OcppClient Client { get; }

    public StationBoot Registration { get; }

    /// <summary>What handles the triggers that are not those of the registration.</summary>
    public List<Func<TriggerMessageRequest, OcppRequestContext, TriggerMessageResponse>> OtherTriggers { get; } = [];

    public OcppSession CsmsSession { get; private set; } = null!;

    public Func<BootNotificationRequest, BootNotificationResponse> Boot { get; set; } =
        _ => Answer(RegistrationStatusEnumType.Accepted, 300);

    public Func<HeartbeatRequest, HeartbeatResponse> Heartbeat { get; set; } =
        _ => new HeartbeatResponse { CurrentTime = Time };

    /// <summary>How the CSMS responds to an event of a transaction.</summary>
    public Func<TransactionEventRequest, Task<TransactionEventResponse>> EventAsync { get; set; } =
        _ => Task.FromResult(new TransactionEventResponse());

    /// <summary>How the CSMS responds to a part of a report.</summary>
    public Func<NotifyReportRequest, Task<NotifyReportResponse>> ReportAsync { get; set; } =
        _ => Task.FromResult(new NotifyReportResponse());

    /// <summary>The time at the CSMS, which is not that of the station's clock.</summary>
    public static DateTimeOffset Time { get; } = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public static BootNotificationResponse Answer(RegistrationStatusEnumType status, int interval) =>
        new()
        {
            Status = status,
            CurrentTime = Time,
            Interval = interval,
        };

    public static StatusNotificationRequest Status(int evseId = 1) =>
        new()
        {
            Timestamp = Time,
            EvseId = evseId,
            ConnectorId = 1,
            ConnectorStatus = ConnectorStatusEnumType.Available,
        };

    public async Task<Task> BeginAsync()
    {
        await Client.ConnectAsync();
        return Registration.RunAsync();
    }

    /// <summary>The connection ends, and there is another one.</summary>
    public Task ReconnectAsync() => Client.ReconnectAsync(Client.Options);

    /// <summary>Waits for the next request of the station, which has to be of this type.</summary>
    public async Task<TRequest> ReceiveAsync<TRequest>() => Assert.IsType<TRequest>(await _received.Reader.ReadAsync());

    /// <summary>Waits for the next request of the station.</summary>
    public async Task<object> ReceiveAnyAsync() => await _received.Reader.ReadAsync();

    public async Task<StationRegistration> RegisteredAsync() => await _registrations.Reader.ReadAsync();

    /// <summary>
    /// Lets the time pass until just before a moment, asserts that the station sends nothing, and goes on to it.
    /// </summary>
    public async Task PassAsync(TimeSpan time)
    {
        await Clock.WhenArmedAsync(1);
        Clock.Advance(time - TimeSpan.FromMilliseconds(1));
        await Clock.WhenArmedAsync(1);
        AssertSilent();
        Clock.Advance(TimeSpan.FromMilliseconds(1));
    }

    public void AssertSilent() => Assert.False(_received.Reader.TryPeek(out object? sent), $"{sent} was sent.");

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _sockets.ForEach(one => one.Dispose());
    }

    private TRequest Receive<TRequest>(TRequest request)
    {
        _received.Writer.TryWrite(request!);
        return request;
    }

    private TResponse Respond<TRequest, TResponse>(TRequest request, TResponse response)
    {
        Receive(request);
        return response;
    }

    private Task<WebSocket> TransportAsync(OcppClientOptions options, CancellationToken cancellationToken)
    {
        var sockets = WebSocketPair.Create(Ocpp201Protocol.Instance.Subprotocol);
        _sockets.Add(sockets);
        CsmsSession = new OcppSession(sockets.Server, _csms, options.Identity, _sessions);
        _ = CsmsSession.RunAsync();
        return Task.FromResult(sockets.Client);
    }
}
