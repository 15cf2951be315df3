using Ocpp.Certificates;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Versions;

namespace Ocpp.Certification.Tests;

/// <summary>The CSMS of this SDK: endpoint, signing service, store, certificate authority.</summary>
internal sealed class RunningCsms : IAsyncDisposable
{
    private readonly SqliteSigningRequestStore _store;

    private RunningCsms(
        Endpoint endpoint,
        SqliteSigningRequestStore store,
        SigningService signing,
        TaskCompletionSource<SigningReport> ended
    )
    {
        Endpoint = endpoint;
        _store = store;
        Signing = signing;
        Ended = ended.Task.WaitAsync(Patience.Limit);
    }

    public Endpoint Endpoint { get; }

    public SigningService Signing { get; }

    /// <summary>How the first request ended.</summary>
    public Task<SigningReport> Ended { get; }

    public static async Task<RunningCsms> StartAsync()
    {
        var handler = new LateHandler();
        Endpoint endpoint = await Endpoint.StartAsync(csms =>
        {
            foreach (TestMessages version in TestMessages.All)
            {
                version.AddBasics(csms, _ => { });
                version.CsmsSigning.AddHandlers(csms, handler);
            }
        });
        var store = SqliteSigningRequestStore.Open(endpoint.Locate("signing.db"));
        var ended = new TaskCompletionSource<SigningReport>();
        SigningService signing = await SigningService.StartAsync(
            new SigningServiceOptions
            {
                Versions = [.. TestMessages.All.Select(version => version.CsmsSigning)],
                Policy = new CsrPolicy { OrganizationName = Endpoint.OrganizationName },
                Store = store,
                Authority = endpoint.Authority,
                Reported = report =>
                {
                    if (report.Request is { IsFinished: true })
                    {
                        ended.TrySetResult(report);
                    }
                },
            }
        );
        handler.Service = signing;
        endpoint.Sessions.Connected += signing.Connected;
        return new RunningCsms(endpoint, store, signing, ended);
    }

    public async ValueTask DisposeAsync()
    {
        await Signing.DisposeAsync();
        await Endpoint.DisposeAsync();
        await _store.DisposeAsync();
    }

    // The endpoint makes the authority, which the service needs: the endpoint is first.
    private sealed class LateHandler : ICsmsSigningHandler
    {
        public ICsmsSigningHandler? Service { get; set; }

        public Task<SigningResponse> SubmitAsync(
            CsrSubmission submission,
            CsmsSigningVersion version,
            OcppRequestContext context
        ) => Service!.SubmitAsync(submission, version, context);

        public void Responding(OcppSession session, object response) => Service!.Responding(session, response);

        public void Responded(OcppSession session, object response) => Service!.Responded(session, response);
    }
}
