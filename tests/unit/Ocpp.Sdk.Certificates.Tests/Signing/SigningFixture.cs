using System.Threading.Channels;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.V201;
using Ocpp.Certificates.Versions;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.V201.CertificateSigningUseEnumType;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// A signing service with a real store, an authority that the test plays, and stations on memory connections.
/// </summary>
internal sealed class SigningFixture : ICsmsSigningHandler, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _chains = TestAuthority.BelowRoot();
    private readonly Channel<SigningReport> _reports = Channel.CreateUnbounded<SigningReport>();
    private readonly List<OcppPair> _pairs = [];
    private readonly Func<SigningServiceOptions, SigningServiceOptions>? _configure;
    private readonly CsmsSigningVersion _version;
    private SigningService? _service;
    private SqliteSigningRequestStore? _sqlite;

    private SigningFixture(Func<SigningServiceOptions, SigningServiceOptions>? configure, CsmsSigningVersion version)
    {
        _configure = configure;
        _version = version;
        Store = OpenStore();
    }

    public OcppTestClock Clock { get; } = new();

    public ScriptedAuthority Authority { get; } = new();

    public FailingStore Store { get; private set; }

    public SigningService Service => _service!;

    public static async Task<SigningFixture> StartAsync(
        Func<SigningServiceOptions, SigningServiceOptions>? configure = null,
        CsmsSigningVersion? version = null
    )
    {
        var fixture = new SigningFixture(configure, version ?? V201CsmsSigning.Instance);
        await fixture.StartServiceAsync();
        return fixture;
    }

    /// <summary>
    /// Connects a station that answers CertificateSigned as the test says, and tells the service unless told not to.
    /// </summary>
    public OcppPair Connect(
        Func<CertificateSignedRequest, CertificateSignedResponse>? certificateSigned = null,
        string identity = "EX-0001",
        bool isTold = true,
        OcppConnection? connection = null
    )
    {
        OcppHandlers station = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<CertificateSignedRequest, CertificateSignedResponse>(
                    (request, _) => certificateSigned?.Invoke(request) ?? Accept(request)
                )
        );
        OcppHandlers csms = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<HeartbeatRequest, HeartbeatResponse>((_, _) => new() { CurrentTime = Clock.GetUtcNow() })
                    .On<BootNotificationRequest, BootNotificationResponse>(
                        (_, _) =>
                            new()
                            {
                                CurrentTime = Clock.GetUtcNow(),
                                Interval = 1,
                                Status = BootStatus,
                            }
                    )
        );
        _version.AddHandlers(csms, this);
        var pair = OcppPair.Create(
            station,
            csms,
            new OcppPairOptions
            {
                TimeProvider = Clock,
                Identity = identity,
                Connection = connection ?? OcppConnection.Unknown,
            }
        );
        _pairs.Add(pair);
        if (isTold)
        {
            Service.Connected(pair.Csms);
        }

        return pair;
    }

    /// <summary>Connects a station that has shown that it is accepted: it has sent a Heartbeat.</summary>
    public async Task<OcppPair> ConnectAcceptedAsync(
        Func<CertificateSignedRequest, CertificateSignedResponse>? certificateSigned = null
    )
    {
        OcppPair pair = Connect(certificateSigned);
        await pair.Station.CallAsync(new HeartbeatRequest());
        return pair;
    }

    /// <summary>How BootNotification is answered.</summary>
    public RegistrationStatusEnumType BootStatus { get; set; } = RegistrationStatusEnumType.Accepted;

    public static CertificateSignedResponse Accept(CertificateSignedRequest request) =>
        new() { Status = CertificateSignedStatusEnumType.Accepted };

    public static SignCertificateRequest Request(
        string? csr = null,
        CertificateSigningUseEnumType? type = ChargingStationCertificate
    ) => new() { Csr = csr ?? TestCsr.Pem(), CertificateType = type };

    public CertificateAuthorityAnswer Issue(SigningOrder order) =>
        new CertificateAuthorityAnswer.Issued(_chains.IssueChain(order));

    /// <summary>The authority gets the next order, and signs it.</summary>
    public async Task<SigningOrder> SignNextAsync()
    {
        ScriptedAuthority.PutOrder put = await Authority.NextAsync();
        put.Answer.SetResult(Issue(put.Order));
        return put.Order;
    }

    /// <summary>The next report; it has to be of this kind.</summary>
    public async Task<SigningReport> ReportAsync(SigningReportKind kind)
    {
        SigningReport report = await _reports.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
        Assert.True(kind == report.Kind, $"{report} {report.Exception}");
        return report;
    }

    public bool HasReport => _reports.Reader.TryPeek(out _);

    public async Task<SigningRequestState[]> StatesAsync(long id) =>
        [
            .. (await Store.GetHistoryAsync(id))
                .Where(one => one.Reason != "The station asked again.")
                .SelectMany(one => Enumerable.Repeat(one.State, one.Count)),
        ];

    /// <summary>Ends the service and starts it anew on the same file.</summary>
    public async Task RestartAsync()
    {
        await Service.DisposeAsync();
        await Store.DisposeAsync();
        Store = OpenStore();
        await StartServiceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        foreach (OcppPair pair in _pairs)
        {
            await pair.DisposeAsync();
        }

        await Store.DisposeAsync();
        Assert.Equal(0, Clock.ArmedTimers);
        _chains.Dispose();
        _folder.Dispose();
    }

    /// <summary>Adds copies of a request for stations of their own, all due now.</summary>
    public void AddCopies(long id, string station, int count, SigningRequestState state)
    {
        using var command = _sqlite!.Connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < $count)
            INSERT INTO request (station, key_id, uses, csr, state, received_at, changed_at, reason, attempts, is_finished, due_at, chain, expires_at)
            SELECT $station || n, key_id, uses, csr, $state, received_at, changed_at, '', 0, 0, due_at, '', '2040-01-01T00:00:00.0000000Z'
            FROM request, number WHERE id = $id
            """;
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$count", count);
        command.Parameters.AddWithValue("$station", station);
        command.Parameters.AddWithValue("$state", state.ToString());
        command.ExecuteNonQuery();
    }

    private FailingStore OpenStore() =>
        new(_sqlite = SqliteSigningRequestStore.Open(_folder.Locate("requests.db"), Clock));

    /// <summary>Starts another service with the same store and authority.</summary>
    public Task<SigningService> StartAnotherAsync() => SigningService.StartAsync(Options());

    // The service of the moment: sessions outlive it when it is started again.
    Task<SigningResponse> ICsmsSigningHandler.SubmitAsync(
        CsrSubmission submission,
        CsmsSigningVersion version,
        OcppRequestContext context
    ) => ((ICsmsSigningHandler)Service).SubmitAsync(submission, version, context);

    void ICsmsSigningHandler.Responding(OcppSession session, object response) =>
        ((ICsmsSigningHandler)Service).Responding(session, response);

    void ICsmsSigningHandler.Responded(OcppSession session, object response) =>
        ((ICsmsSigningHandler)Service).Responded(session, response);

    private async Task StartServiceAsync()
    {
        SigningServiceOptions options = Options();
        _service = await SigningService.StartAsync(_configure?.Invoke(options) ?? options);
    }

    private SigningServiceOptions Options() =>
        new()
        {
            Versions = [_version],
            Policy = new CsrPolicy { OrganizationName = TestCsr.OrganizationName },
            Store = Store,
            Authority = Authority,
            TimeProvider = Clock,
            Reported = report => _reports.Writer.TryWrite(report),
        };
}
