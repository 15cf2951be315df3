using System.Threading.Channels;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;
using Ocpp.Certificates.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>A node of a CSMS: a signing service, and stations on memory connections.</summary>
internal sealed class NodeOnPostgreSql(SigningService service, ChannelReader<SigningReport> reports) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly Channel<CertificateSignedRequest> _delivered = Channel.CreateUnbounded<CertificateSignedRequest>();
    private readonly List<OcppPair> _pairs = [];

    public static async Task<NodeOnPostgreSql> StartAsync(
        ISigningRequestStore store,
        Func<SigningOrder, Task<CertificateAuthorityAnswer>> sign
    )
    {
        var reports = Channel.CreateUnbounded<SigningReport>();
        SigningService service = await SigningService.StartAsync(
            new SigningServiceOptions
            {
                Versions = [V201CsmsSigning.Instance],
                Policy = new CsrPolicy { OrganizationName = TestCsr.OrganizationName },
                Store = store,
                Authority = new FunctionAuthority(sign),
                MaxConcurrentOrders = 1,
                RetryWait = TimeSpan.FromMilliseconds(200),
                MaxRetryWait = TimeSpan.FromMilliseconds(200),
                Reported = report => reports.Writer.TryWrite(report),
            }
        );
        return new NodeOnPostgreSql(service, reports.Reader);
    }

    /// <summary>Connects a station that is accepted, and accepts each certificate.</summary>
    public async Task<OcppPair> ConnectAsync(string identity)
    {
        var station = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<CertificateSignedRequest, CertificateSignedResponse>(
                    (request, _) =>
                    {
                        _delivered.Writer.TryWrite(request);
                        return new() { Status = CertificateSignedStatusEnumType.Accepted };
                    }
                )
        );
        var csms = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set => set.On<HeartbeatRequest, HeartbeatResponse>((_, _) => new() { CurrentTime = DateTimeOffset.UtcNow })
        );
        var pair = OcppPair.Create(station, service.AddTo(csms), new OcppPairOptions { Identity = identity });
        _pairs.Add(pair);
        service.Connected(pair.Csms);
        await pair.Station.CallAsync(new HeartbeatRequest());
        return pair;
    }

    /// <summary>The next certificate that one of the stations was sent.</summary>
    public Task<CertificateSignedRequest> DeliveredAsync() =>
        _delivered.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    /// <summary>The next report of a kind; those of other kinds are passed over.</summary>
    public async Task<SigningReport> ReportAsync(SigningReportKind kind)
    {
        while (true)
        {
            SigningReport report = await reports.ReadAsync().AsTask().WaitAsync(s_patience);
            if (report.Kind == kind)
            {
                return report;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        foreach (OcppPair pair in _pairs)
        {
            await pair.DisposeAsync();
        }
    }
}
