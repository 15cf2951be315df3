using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>PostgreSQL goes away, and comes back.</summary>
public sealed class PostgreSqlOutageTests : IAsyncLifetime
{
    private PostgreSqlCluster? _cluster;

    public PostgreSqlOutageTests() => Host = new(() => Task.FromResult(Cluster.ConnectionString));

    private PostgreSqlCluster Cluster => _cluster!;

    private PostgreSqlStoreHost Host { get; }

    private TestAuthority Authority { get; } = TestAuthority.BelowRoot();

    public async Task InitializeAsync()
    {
        _cluster = await PostgreSqlCluster.StartAsync();
        await Host.CreateAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Cluster.Dispose();
        Authority.Dispose();
    }

    [ClusterFact]
    public async Task The_service_goes_on_when_PostgreSQL_was_away_and_asks_theAuthority_once()
    {
        var orders = new List<SigningOrder>();
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using NodeOnPostgreSql node = await NodeOnPostgreSql.StartAsync(
            Host.Open(),
            async order =>
            {
                orders.Add(order);
                asked.TrySetResult();
                await answer.Task;
                return new CertificateAuthorityAnswer.Issued(Authority.IssueChain(order));
            }
        );
        OcppPair station = await node.ConnectAsync("EX-0001");
        SignCertificateResponse accepted = await station.Station.CallAsync(Request());
        await asked.Task;

        // The answer comes while it can't be kept, and so does another request.
        await Cluster.StopAsync();
        answer.SetResult();
        SigningReport failed = await node.ReportAsync(SigningReportKind.StoreFailed);
        SignCertificateResponse refused = await station.Station.CallAsync(Request());
        await Cluster.StartAgainAsync();
        CertificateSignedRequest first = await node.DeliveredAsync();
        await node.ReportAsync(SigningReportKind.Delivered);
        SignCertificateResponse again = await station.Station.CallAsync(Request());
        CertificateSignedRequest second = await node.DeliveredAsync();
        await node.ReportAsync(SigningReportKind.Delivered);

        Assert.IsType<SigningRequestStoreException>(failed.Exception);
        Assert.Equal(GenericStatusEnumType.Accepted, accepted.Status);
        Assert.Equal(
            (GenericStatusEnumType.Rejected, "OutOfStorage"),
            (refused.Status, refused.StatusInfo?.ReasonCode)
        );
        Assert.Equal(GenericStatusEnumType.Accepted, again.Status);
        Assert.NotEqual(first, second);
        Assert.Equal(2, orders.Count);
        Assert.Equal(
            [
                (SigningRequestState.Received, 1),
                (SigningRequestState.Forwarded, 1),
                (SigningRequestState.Issued, 1),
                (SigningRequestState.Sent, 1),
                (SigningRequestState.Delivered, 1),
            ],
            (await Host.Open().GetHistoryAsync(1)).Select(one => (one.State, one.Count))
        );
    }

    [ClusterFact]
    public async Task After_a_crash_every_step_that_was_returned_is_there()
    {
        PostgreSqlSigningRequestStore store = Host.Open();
        SigningOrder order = TestCsr.Order();
        SigningRequest request = await store.AddAsync("CS-1", order.Request, CertificateUses.CsmsConnection);
        await CrashAsync();
        Assert.Equal(request, await store.FindAsync(request.Id));
        foreach (
            SigningRequestTransition step in new[]
            {
                SigningRequestTransition.Forwarded(),
                SigningRequestTransition.Issued(Authority.IssueChain(order)),
            }
        )
        {
            request = await store.StepAsync(request.Id, step);
            await CrashAsync();
            Assert.Equal(request, await store.FindAsync(request.Id));
        }

        Assert.Equal(3, (await store.GetHistoryAsync(request.Id)).Count);
    }

    private static SignCertificateRequest Request() =>
        new() { Csr = TestCsr.Pem(), CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate };

    private async Task CrashAsync()
    {
        await Cluster.CrashAsync();
        await Cluster.StartAgainAsync();
    }
}
