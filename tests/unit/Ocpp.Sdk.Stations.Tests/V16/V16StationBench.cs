using System.Net.WebSockets;
using System.Threading.Channels;
using Ocpp.Stations.V16;
using Ocpp.Stations.V201;
using Ocpp.Testing;
using Ocpp.V16;
using Ocpp.V201;

namespace Ocpp.Stations.Tests.V16;

/// <summary>A station that speaks OCPP 2.0.1 and 1.6, with a CSMS in memory that speaks one of them.</summary>
internal sealed class V16StationBench : IAsyncDisposable
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private readonly List<WebSocketPair> _sockets = [];
    private readonly OcppSessionOptions _sessions = new() { TimeProvider = new OcppTestClock() };
    private readonly OcppHandlers _csms;

    public V16StationBench(Action<V16StationBench, OcppHandlers>? configure = null)
    {
        _csms = new OcppHandlers(
            [Ocpp16Protocol.Instance, Ocpp201Protocol.Instance],
            csms =>
                csms.On(
                        (Ocpp.V16.BootNotificationRequest request) =>
                        {
                            Receive($"Boot {request.ChargePointVendor} {request.FirmwareVersion}");
                            return Boot();
                        }
                    )
                    .On(
                        (Ocpp.V16.HeartbeatRequest _) =>
                        {
                            Receive("Heartbeat");
                            return new Ocpp.V16.HeartbeatResponse { CurrentTime = Time };
                        }
                    )
                    .On(
                        (Ocpp.V16.StatusNotificationRequest _) =>
                        {
                            Receive("Status");
                            return new Ocpp.V16.StatusNotificationResponse();
                        }
                    )
                    .On(
                        (StopTransactionRequest request) =>
                        {
                            Receive($"Stop {request.Reason}");
                            return new StopTransactionResponse();
                        }
                    )
                    .On(
                        (StartTransactionRequest _) =>
                        {
                            Receive("Start");
                            return new StartTransactionResponse
                            {
                                TransactionId = 7,
                                IdTagInfo = new IdTagInfo { Status = AuthorizationStatus.Accepted },
                            };
                        }
                    )
                    .On(
                        (Ocpp.V16.MeterValuesRequest request) =>
                        {
                            Receive($"Meter {request.TransactionId}");
                            return new Ocpp.V16.MeterValuesResponse();
                        }
                    )
                    .On(
                        (Ocpp.V201.BootNotificationRequest _) =>
                        {
                            Receive("Boot of 2.0.1");
                            return new Ocpp.V201.BootNotificationResponse
                            {
                                Status = RegistrationStatusEnumType.Accepted,
                                CurrentTime = Time,
                                Interval = 300,
                            };
                        }
                    )
        );
        var handlers = new OcppHandlers([Ocpp201Protocol.Instance, Ocpp16Protocol.Instance]);
        Client = new OcppClient(
            handlers,
            new OcppClientOptions
            {
                Url = new Uri("ws://localhost/ocpp"),
                Identity = "CS-1",
                OfflineCalls = OcppOfflineCalls.Wait,
                Transport = TransportAsync,
                Session = _sessions,
                Password = "a password of Basic",
            }
        );
        Registration = new StationBoot(
            Client,
            new StationBootOptions
            {
                Versions = [new V201Station(new ChargingStationType { VendorName = "Example", Model = "1" }), Station],
                TimeProvider = Clock,
                Logger = Log,
            }
        );
        Registration.AddTo(handlers);
        handlers
            .On(
                (Ocpp.V16.TriggerMessageRequest request, OcppRequestContext context) =>
                    Registration.Trigger(request, context)
            )
            .On(
                (ExtendedTriggerMessageRequest request, OcppRequestContext context) =>
                    Registration.Trigger(request, context)
            );
        configure?.Invoke(this, handlers);
    }

    public static DateTimeOffset Time { get; } = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);

    /// <summary>The clock of the registration; the sessions have another one.</summary>
    public OcppTestClock Clock { get; } = new();

    public TestLog Log { get; } = new();

    public V16Station Station { get; } =
        new(new Ocpp.V16.BootNotificationRequest { ChargePointVendor = "Example", ChargePointModel = "1" });

    public OcppClient Client { get; }

    public StationBoot Registration { get; }

    public OcppSession CsmsSession { get; private set; } = null!;

    /// <summary>The version that the CSMS chooses.</summary>
    public OcppProtocol Protocol { get; set; } = Ocpp16Protocol.Instance;

    public Func<Ocpp.V16.BootNotificationResponse> Boot { get; set; } =
        () => Answer(RegistrationStatus.Accepted, interval: 300);

    /// <summary>The options of each connection.</summary>
    public Channel<OcppClientOptions> Connections { get; } = Channel.CreateUnbounded<OcppClientOptions>();

    public static Ocpp.V16.BootNotificationResponse Answer(RegistrationStatus status, int interval) =>
        new()
        {
            Status = status,
            CurrentTime = Time,
            Interval = interval,
        };

    public static Ocpp.V16.StatusNotificationRequest Status() =>
        new()
        {
            ConnectorId = 1,
            ErrorCode = ChargePointErrorCode.NoError,
            Status = ChargePointStatus.Available,
        };

    public async Task BeginAsync()
    {
        await Client.ConnectAsync();
        _ = Registration.RunAsync();
    }

    public Task ReconnectAsync() => Client.ReconnectAsync(Client.Options);

    public async Task AssertReceivedAsync(params string[] expected)
    {
        foreach (string line in expected)
        {
            Assert.Equal(line, await _received.Reader.ReadAsync());
        }

        AssertSilent();
    }

    public void AssertSilent() => Assert.False(_received.Reader.TryPeek(out string? sent), sent);

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

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _sockets.ForEach(one => one.Dispose());
    }

    private void Receive(string line) => _received.Writer.TryWrite(line);

    private Task<WebSocket> TransportAsync(OcppClientOptions options, CancellationToken cancellationToken)
    {
        var sockets = WebSocketPair.Create(Protocol.Subprotocol);
        _sockets.Add(sockets);
        CsmsSession = new OcppSession(sockets.Server, _csms, options.Identity, _sessions);
        _ = CsmsSession.RunAsync();
        Connections.Writer.TryWrite(options); // last: who waits for it calls on the session
        return Task.FromResult(sockets.Client);
    }
}
