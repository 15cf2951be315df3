using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>Nodes of a CSMS that share a store, each with stations of its own.</summary>
public sealed class PostgreSqlServiceTests : IAsyncLifetime
{
    private PostgreSqlStoreHost Host { get; } = new();

    private TestAuthority Authority { get; } = TestAuthority.BelowRoot();

    public Task InitializeAsync() => Host.CreateAsync();

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Authority.Dispose();
    }

    [StoreFact]
    public async Task A_certificate_is_delivered_by_the_node_that_has_the_station()
    {
        var busy = new TaskCompletionSource<CertificateAuthorityAnswer>();
        var asked = new TaskCompletionSource();
        PostgreSqlSigningRequestStore store = Host.Open();
        await store.AddAsync("EX-0002", TestCsr.New(), CertificateUses.CsmsConnection);
        await using NodeOnPostgreSql withStation = await NodeOnPostgreSql.StartAsync(
            Host.Open(),
            _ =>
            {
                asked.TrySetResult();
                return busy.Task;
            }
        );
        await withStation.ConnectAsync("EX-0001");
        await asked.Task; // its one order is taken: it can put no other

        SigningRequest request = await store.AddAsync("EX-0001", TestCsr.New(), CertificateUses.CsmsConnection);
        await using NodeOnPostgreSql signing = await NodeOnPostgreSql.StartAsync(
            Host.Open(),
            order =>
                Task.FromResult<CertificateAuthorityAnswer>(
                    new CertificateAuthorityAnswer.Issued(Authority.IssueChain(order))
                )
        );

        await withStation.DeliveredAsync();
        SigningReport report = await withStation.ReportAsync(SigningReportKind.Delivered);

        Assert.Equal(request.Id, report.Request!.Id);
        Assert.Equal(
            [
                (SigningRequestState.Received, 1),
                (SigningRequestState.Forwarded, 1),
                (SigningRequestState.Issued, 1),
                (SigningRequestState.Sent, 1),
                (SigningRequestState.Delivered, 1),
            ],
            (await store.GetHistoryAsync(request.Id)).Select(one => (one.State, one.Count))
        );
        busy.SetResult(new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Unavailable, "Not now."));
    }
}
