using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.Versions;
using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>A station and a CSMS with the services of both sides, in one version of OCPP and in memory.</summary>
internal sealed class SigningFlow : IAsyncDisposable
{
    public const string SeccId = "DE*EXA*E0001*1";

    /// <summary>The EVSE with an ISO 15118 controller of its own.</summary>
    public const int EvseId = 2;

    public const string EvseSeccId = "DE*EXA*E0001*2";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly Channel<SigningReport> _csmsReports = Channel.CreateUnbounded<SigningReport>();
    private readonly Channel<StationCertificateReport> _stationReports =
        Channel.CreateUnbounded<StationCertificateReport>();
    private readonly ConcurrentQueue<WebSocketPair> _sockets = new();
    private readonly ConcurrentQueue<OcppSession> _sessions = new();
    private readonly ConcurrentQueue<string> _frames = new();
    private readonly LocalCertificateAuthority _authority;
    private readonly SqliteSigningRequestStore _store;
    private readonly Action<IOcppHandlers>? _configureCsms;
    private StationCertificates? _certificates;
    private SigningService? _service;
    private OcppClient? _client;

    private SigningFlow(Action<IOcppHandlers>? configureCsms)
    {
        _configureCsms = configureCsms;
        _store = SqliteSigningRequestStore.Open(_folder.Locate("requests.db"));
        _authority = LocalCertificateAuthority.Open(
            _folder.Locate("authority"),
            new() { OrganizationName = TestCsr.OrganizationName }
        );
    }

    public StationCertificates Certificates => _certificates!;

    public SigningService Service => _service!;

    public LocalCertificateAuthority Authority => _authority;

    /// <summary>Where the station keeps its state.</summary>
    public string StateFile => _folder.Locate("state/certificates.json");

    /// <summary>The CSMS's side of the last connection.</summary>
    public OcppSession Csms => _sessions.Last();

    /// <summary>The station's side of the connection.</summary>
    public OcppClient Client => _client!;

    public static async Task<SigningFlow> StartAsync(
        StationSigningVersion station,
        CsmsSigningVersion csms,
        Action<IOcppHandlers>? configureCsms = null,
        Func<StationCertificatesOptions, StationCertificatesOptions>? configureStation = null
    )
    {
        var flow = new SigningFlow(configureCsms);
        flow._service = await SigningService.StartAsync(
            new SigningServiceOptions
            {
                Versions = [csms],
                Policy = new CsrPolicy { OrganizationName = TestCsr.OrganizationName },
                Store = flow._store,
                Authority = flow._authority,
                FindStation = (_, _) =>
                    ValueTask.FromResult(
                        new SigningStation { Names = [TestCsr.SerialNumber], SeccIds = [SeccId, EvseSeccId] }
                    ),
                Reported = report => flow._csmsReports.Writer.TryWrite(report),
            }
        );
        var stationOptions = new StationCertificatesOptions
        {
            Versions = [station],
            OrganizationName = TestCsr.OrganizationName,
            SerialNumber = TestCsr.SerialNumber,
            SeccId = SeccId,
            EvseSeccIds = new Dictionary<int, string> { [EvseId] = EvseSeccId },
            Keys = new FileKeyStore(flow._folder.Locate("keys")),
            StateFile = flow.StateFile,
            TrustedRoots = [flow._authority.Root],
            Reported = report => flow._stationReports.Writer.TryWrite(report),
        };
        flow._certificates = await StationCertificates.OpenAsync(
            configureStation?.Invoke(stationOptions) ?? stationOptions
        );
        var options = new OcppClientOptions
        {
            Url = new Uri("wss://csms.example.com/ocpp"),
            Identity = TestCsr.SerialNumber,
            ConnectionAttempts = 1,
            Transport = (_, _) => Task.FromResult(flow.Connect(csms.Protocol)),
            Session = new OcppSessionOptions
            {
                FrameTap = (_, _, frame) => flow._frames.Enqueue(Encoding.UTF8.GetString(frame)),
            },
        };
        flow._client = new OcppClient(flow.Certificates.AddTo(new OcppHandlers(station.Protocol)), options);
        await flow._client.ConnectAsync();
        flow.Certificates.Use(flow._client);
        return flow;
    }

    /// <summary>The CSMS triggers, and the station gets its certificate: what the CSMS reports of that.</summary>
    public async Task<SigningReport> ObtainAsync(CertificateUses uses, int? evseId = null)
    {
        var trigger = new CertificateTrigger(uses) { EvseId = evseId };
        Assert.Equal(SigningResponse.Accepted, await Service.RequestRenewalAsync(TestCsr.SerialNumber, trigger));
        SigningReport delivered = await ReportAsync(SigningReportKind.Delivered);
        await ReportAsync(StationCertificateReportKind.InUse);
        return delivered;
    }

    public Task<SigningReport> ReportAsync(SigningReportKind kind) => NextAsync(_csmsReports, one => one.Kind == kind);

    public Task<StationCertificateReport> ReportAsync(StationCertificateReportKind kind) =>
        NextAsync(_stationReports, one => one.Kind == kind);

    /// <summary>How many frames have been sent, both ways.</summary>
    public int FrameCount => _frames.Count;

    /// <summary>How many requests of an action have been sent, either way.</summary>
    public int Count(string action) => _frames.Count(one => one.Contains($"\"{action}\",", StringComparison.Ordinal));

    /// <summary>The payload of the last request of an action, either way.</summary>
    public JsonElement Payload(string action)
    {
        string frame = _frames.Last(one => one.Contains($"\"{action}\",", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(frame);
        return document.RootElement[3].Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await Certificates.DisposeAsync();
        await Client.DisposeAsync();
        await Service.DisposeAsync();
        foreach (OcppSession session in _sessions)
        {
            await session.DisposeAsync();
        }

        foreach (WebSocketPair pair in _sockets)
        {
            pair.Dispose();
        }

        await _store.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    private static async Task<T> NextAsync<T>(Channel<T> channel, Func<T, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(s_patience);
        T next;
        do
        {
            next = await channel.Reader.ReadAsync(limit.Token);
        } while (!isWanted(next));

        return next;
    }

    private WebSocket Connect(OcppProtocol protocol)
    {
        var pair = WebSocketPair.Create(protocol.Subprotocol);
        OcppHandlers handlers = Service.AddTo(new OcppHandlers(protocol));
        _configureCsms?.Invoke(handlers);
        var session = new OcppSession(pair.Server, handlers, TestCsr.SerialNumber, new OcppSessionOptions());
        _sockets.Enqueue(pair);
        _sessions.Enqueue(session);
        _ = session.RunAsync();
        Service.Connected(session);
        return pair.Client;
    }
}
