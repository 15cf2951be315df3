using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// A station with its certificate service, in memory, and the CSMS that the test plays. No time passes but the test's.
/// </summary>
internal sealed class StationBench : IAsyncDisposable
{
    public const CertificateUses Station = CertificateUses.CsmsConnection;
    public const CertificateUses V2G = CertificateUses.Iso15118;

    private readonly TemporaryFolder _folder = new();
    private readonly Channel<SignCertificateRequest> _csrs = Channel.CreateUnbounded<SignCertificateRequest>();
    private readonly Channel<SecurityEventNotificationRequest> _events =
        Channel.CreateUnbounded<SecurityEventNotificationRequest>();
    private readonly Channel<StationCertificateReport> _reports = Channel.CreateUnbounded<StationCertificateReport>();
    private readonly Channel<StationCertificateReportKind> _eventOutcomes =
        Channel.CreateUnbounded<StationCertificateReportKind>();
    private readonly ConcurrentQueue<WebSocketPair> _sockets = new();
    private readonly ConcurrentQueue<OcppSession> _sessions = new();
    private StationCertificates? _certificates;
    private OcppClient? _client;

    public StationBench() => Keys = new FileKeyStore(_folder.Locate("keys"));

    public OcppTestClock Clock { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public TestAuthority Authority { get; } = TestAuthority.BelowRoot();

    public TestLog Log { get; } = new();

    /// <summary>Each frame of the station, both ways.</summary>
    public ConcurrentQueue<string> Frames { get; } = new();

    public ConcurrentQueue<StationCertificateReport> AllReports { get; } = new();

    /// <summary>The options of each try to connect.</summary>
    public ConcurrentQueue<OcppClientOptions> Tries { get; } = new();

    public IStationKeyStore Keys { get; set; }

    public string StateFile => _folder.Locate("state/certificates.json");

    public string Url { get; set; } = "wss://csms.example.com/ocpp";

    public Func<StationCertificatesOptions, StationCertificatesOptions> Configure { get; set; } = options => options;

    /// <summary>Told of each report, on the service's own thread.</summary>
    public Action<StationCertificateReport>? Reported { get; set; }

    /// <summary>Whether the CSMS takes a connection.</summary>
    public Func<OcppClientOptions, bool> Accepts { get; set; } = _ => true;

    /// <summary>What a try to connect waits for.</summary>
    public Task Connectable { get; set; } = Task.CompletedTask;

    /// <summary>Whether a try to connect gets no answer.</summary>
    public Func<OcppClientOptions, bool>? Hangs { get; set; }

    public Func<SignCertificateRequest, CancellationToken, Task<SignCertificateResponse>> AnswerToCsr { get; set; } =
        (_, _) => Task.FromResult(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted });

    public Func<
        SecurityEventNotificationRequest,
        CancellationToken,
        Task<SecurityEventNotificationResponse>
    > AnswerToEvent { get; set; } = (_, _) => Task.FromResult(new SecurityEventNotificationResponse());

    public Func<TriggerMessageRequest, OcppRequestContext, Task<TriggerMessageResponse>>? OtherTriggers { get; set; }

    public StationCertificates Certificates => _certificates ?? throw new InvalidOperationException("Not open.");

    public OcppClient Client => _client ?? throw new InvalidOperationException("Not connected.");

    /// <summary>The CSMS's side of the last connection.</summary>
    public OcppSession Csms => _sessions.Last();

    public async Task OpenAsync() =>
        _certificates = await StationCertificates.OpenAsync(
            Configure(
                new StationCertificatesOptions
                {
                    Versions = [new V201StationSigning { OtherTriggers = OtherTriggers }],
                    OrganizationName = TestCsr.OrganizationName,
                    SerialNumber = TestCsr.SerialNumber,
                    Keys = Keys,
                    StateFile = StateFile,
                    TrustedRoots = [Authority.Root],
                    TimeProvider = Clock,
                    Logger = Log,
                    Reported = report =>
                    {
                        AllReports.Enqueue(report);
                        _reports.Writer.TryWrite(report);
                        if (
                            report.Kind
                            is StationCertificateReportKind.EventConfirmed
                                or StationCertificateReportKind.EventUnanswered
                                or StationCertificateReportKind.EventDropped
                        )
                        {
                            _eventOutcomes.Writer.TryWrite(report.Kind);
                        }

                        Reported?.Invoke(report);
                    },
                }
            )
        );

    /// <summary>Opens the service where it is not open, and connects a client that it uses.</summary>
    public async Task<StationBench> ConnectAsync()
    {
        if (_certificates is null)
        {
            await OpenAsync();
        }

        OcppHandlers handlers = Certificates.AddTo(new OcppHandlers(Ocpp201Protocol.Instance));
        _client = new OcppClient(handlers, await Certificates.ApplyToAsync(Options()));
        await _client.ConnectAsync();
        await WhenConnectedAsync();
        Certificates.Use(_client);
        await Certificates.SettleAsync();
        return this;
    }

    public OcppClientOptions Options() =>
        new()
        {
            Url = new Uri(Url),
            Identity = "CS-1",
            Password = "0123456789abcdef",
            ConnectionAttempts = 1,
            RetryBackOffWaitMinimum = TimeSpan.FromSeconds(1),
            RetryBackOffRandomRange = TimeSpan.Zero,
            RetryBackOffResetAfter = TimeSpan.Zero, // The clock does not go on while a connection lasts.
            Transport = TransportAsync,
            Session = new OcppSessionOptions
            {
                TimeProvider = Clock,
                Logger = Log,
                FrameTap = (_, _, frame) => Frames.Enqueue(Encoding.UTF8.GetString(frame)),
            },
        };

    /// <summary>Ends service and client, and begins anew with what is on the disk.</summary>
    public async Task<StationBench> RestartAsync()
    {
        await StopAsync();
        return await ConnectAsync();
    }

    public async Task StopAsync()
    {
        await Certificates.DisposeAsync();
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        (_certificates, _client) = (null, null);
    }

    /// <summary>Cuts the line, and lets the client find a new one.</summary>
    public async Task LoseConnectionAsync(Func<Task>? meanwhile = null)
    {
        await LoseConnectionWithoutReturnAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await WhenConnectedAsync();
        await Certificates.SettleAsync();
    }

    /// <summary>Cuts the line; the client tries on.</summary>
    public async Task LoseConnectionWithoutReturnAsync()
    {
        OcppSession? lost = Client.Session;
        Cut();
        await lost!.Completion;
        await WhenWaitingAsync();
    }

    public async Task RestartWithoutClientAsync()
    {
        await StopAsync();
        await OpenAsync();
    }

    /// <summary>Cuts the line, as a pulled cable does.</summary>
    public void Cut() => _sockets.Last().Cut();

    public Task WhenWaitingAsync() => WhenAsync(OcppClientState.WaitingToReconnect);

    public Task WhenConnectedAsync() => WhenAsync(OcppClientState.Connected);

    public async Task<TriggerMessageStatusEnumType> TriggerAsync(
        MessageTriggerEnumType message = MessageTriggerEnumType.SignChargingStationCertificate
    ) =>
        (
            await Csms.CallAsync(
                new TriggerMessageRequest
                {
                    RequestedMessage = message,
                    Evse = new EVSEType { Id = 1 },
                }
            )
        ).Status;

    /// <summary>Triggers, and takes the CSR that comes of it.</summary>
    public async Task<SignCertificateRequest> TriggerForCsrAsync(
        MessageTriggerEnumType message = MessageTriggerEnumType.SignChargingStationCertificate
    )
    {
        Assert.Equal(TriggerMessageStatusEnumType.Accepted, await TriggerAsync(message));
        SignCertificateRequest request = await NextCsrAsync();
        await UntilAsync(StationCertificateReportKind.RequestAccepted);
        return request;
    }

    public async Task<SignCertificateRequest> NextCsrAsync() => await Within(_csrs.Reader.ReadAsync().AsTask());

    /// <summary>
    /// The next security event, once the station knows what has become of it: time that passes before would be that of
    /// its call.
    /// </summary>
    public async Task<SecurityEventNotificationRequest> NextEventAsync()
    {
        SecurityEventNotificationRequest sent = await ReceiveEventAsync();
        await Within(_eventOutcomes.Reader.ReadAsync().AsTask());
        await Certificates.SettleAsync();
        return sent;
    }

    /// <summary>The next security event, which may have no response.</summary>
    public async Task<SecurityEventNotificationRequest> ReceiveEventAsync() =>
        await Within(_events.Reader.ReadAsync().AsTask());

    /// <summary>Sends a chain, and waits until what follows at once from the answer is done.</summary>
    public async Task<CertificateSignedResponse> DeliverAsync(
        string chain,
        CertificateUses uses = CertificateUses.Combined
    )
    {
        CertificateSignedResponse response = await Csms.CallAsync(
            new CertificateSignedRequest { CertificateChain = chain, CertificateType = uses.ToCertificateType() }
        );
        await Certificates.SettleAsync();
        return response;
    }

    /// <summary>A whole flow, to the certificate in use.</summary>
    public async Task<string> ObtainAsync(
        MessageTriggerEnumType trigger = MessageTriggerEnumType.SignChargingStationCertificate,
        DateTimeOffset? notAfter = null
    )
    {
        SignCertificateRequest request = await TriggerForCsrAsync(trigger);
        string chain = Chain(request, notAfter: notAfter);
        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (
                await Csms.CallAsync(
                    new CertificateSignedRequest { CertificateChain = chain, CertificateType = request.CertificateType }
                )
            ).Status
        );
        await UntilAsync(StationCertificateReportKind.InUse);
        await WhenConnectedAsync();
        return chain;
    }

    public string Chain(
        SignCertificateRequest request,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        params X509Extension[] extensions
    ) =>
        TestChain.Write([
            Authority.Issue(TestCsr.Read(request.Csr), notBefore, notAfter, null, extensions),
            Authority.Certificate,
        ]);

    /// <summary>Reads the reports up to the next of a kind, and waits for what the service does with it.</summary>
    public async Task<StationCertificateReport> UntilAsync(StationCertificateReportKind kind)
    {
        StationCertificateReport report;
        do
        {
            report = await Within(_reports.Reader.ReadAsync().AsTask());
        } while (report.Kind != kind);

        await Certificates.SettleAsync();
        return report;
    }

    /// <summary>Moves the time on, and waits until the service has done what is due.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Certificates.SettleAsync();
    }

    /// <summary>Asserts that the station has sent nothing that was not read.</summary>
    public async Task AssertNothingSentAsync()
    {
        await Certificates.SettleAsync();
        await Client.CallAsync(new HeartbeatRequest()); // after whatever the station has sent
        Assert.False(_csrs.Reader.TryPeek(out _), "A SignCertificate was sent.");
        Assert.False(
            _events.Reader.TryPeek(out SecurityEventNotificationRequest? sent),
            $"A SecurityEventNotification was sent: {sent?.Type}"
        );
    }

    public async Task AssertKeysAsync(params PublicKeyId[] keys)
    {
        await Certificates.SettleAsync();
        await AssertStoredKeysAsync(keys);
    }

    /// <summary>What the store has while the service is not open.</summary>
    public async Task AssertStoredKeysAsync(params PublicKeyId[] keys) =>
        Assert.Equal(keys.Select(key => key.Value).Order(), (await Keys.ListAsync()).Select(key => key.Value).Order());

    /// <summary>Delivers a chain, and stops the station while it tries to connect with it.</summary>
    public async Task InterruptSwitchAsync(string chain)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Hangs = _ =>
        {
            begun.TrySetResult();
            return true;
        };
        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await Csms.CallAsync(new CertificateSignedRequest { CertificateChain = chain })).Status
        );
        await begun.Task;
        Hangs = null;
        await StopAsync();
    }

    /// <summary>Sends the station a frame that no session would send.</summary>
    public Task SendRawAsync(string frame) =>
        _sockets
            .Last()
            .Server.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Waits until the station has sent or received a frame with this in it.</summary>
    public async Task UntilFrameAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Frames.Any(frame => frame.Contains(text, StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Client.CallAsync(new HeartbeatRequest(), limit.Token);
        }
    }

    public IEnumerable<StationCertificateReportKind> ReportKinds => AllReports.Select(report => report.Kind);

    /// <summary>Keeps the state file from being written, as a full disk does, until it is disposed.</summary>
    public async Task<IDisposable> FillDiskAsync()
    {
        while (true)
        {
            await Certificates.SettleAsync();
            try
            {
                return new FullDisk(StateFile + ".new");
            }
            catch (IOException)
            {
                // The file is just being written, for an answer has come.
            }
        }
    }

    public static PublicKeyId KeyOf(SignCertificateRequest request) => TestCsr.Read(request.Csr).KeyId;

    public async ValueTask DisposeAsync()
    {
        if (_certificates is not null)
        {
            await StopAsync();
        }

        foreach (OcppSession session in _sessions)
        {
            await session.DisposeAsync();
        }

        foreach (WebSocketPair pair in _sockets)
        {
            pair.Dispose();
        }

        Authority.Dispose();
        _folder.Dispose();
    }

    private static async Task<T> Within<T>(Task<T> task) => await task.WaitAsync(TimeSpan.FromSeconds(60));

    private async Task WhenAsync(OcppClientState state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (OcppClientStateChange change in Client.StatesAsync(limit.Token))
        {
            if (change.State == state)
            {
                return;
            }
        }
    }

    private async Task<WebSocket> TransportAsync(OcppClientOptions options, CancellationToken cancellationToken)
    {
        Tries.Enqueue(options);
        if (Hangs?.Invoke(options) == true)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        await Connectable.WaitAsync(cancellationToken);
        if (!Accepts(options))
        {
            throw new OcppConnectionFailedException(OcppConnectionFailure.TlsFailed, "The TLS handshake failed.");
        }

        WebSocketPair pair = WebSocketPair.Create("ocpp2.0.1");
        OcppHandlers csms = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<SignCertificateRequest, SignCertificateResponse>(
                        (request, context) =>
                        {
                            _csrs.Writer.TryWrite(request);
                            return AnswerToCsr(request, context.CancellationToken);
                        }
                    )
                    .On<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
                        (request, context) =>
                        {
                            _events.Writer.TryWrite(request);
                            return AnswerToEvent(request, context.CancellationToken);
                        }
                    )
                    .On<HeartbeatRequest, HeartbeatResponse>(
                        (_, _) => new HeartbeatResponse { CurrentTime = Clock.GetUtcNow() }
                    )
        );
        var session = new OcppSession(
            pair.Server,
            csms,
            options.Identity,
            new OcppSessionOptions { TimeProvider = Clock }
        );
        _sockets.Enqueue(pair);
        _sessions.Enqueue(session);
        _ = session.RunAsync();
        return pair.Client;
    }

    private sealed class FullDisk : IDisposable
    {
        private readonly string _path;

        public FullDisk(string path) => Directory.CreateDirectory(_path = path);

        public void Dispose() => Directory.Delete(_path);
    }
}
