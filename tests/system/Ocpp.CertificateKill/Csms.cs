using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.CertificateKill;

/// <summary>
/// The CSMS, which is killed: a signing service on a file, between stations and an authority behind EST.
/// </summary>
internal static class Csms
{
    public const string Role = "csms";

    /// <summary>
    /// Tells its URL when it listens; then, each time it is asked, how many requests are not finished.
    /// </summary>
    public static async Task RunAsync(string file, Uri authority, int port)
    {
        using var http = new SocketsHttpHandler { AllowAutoRedirect = false };
        await using var store = SqliteSigningRequestStore.Open(file);
        await using SigningService service = await SigningService.StartAsync(
            new SigningServiceOptions
            {
                Versions = [V201CsmsSigning.Instance],
                Policy = new CsrPolicy
                {
                    OrganizationName = Station.OrganizationName,
                    Tolerated = new HashSet<CsrCheck> { CsrCheck.Encryption },
                },
                Store = store,
                Authority = new EstCertificateAuthority(http, authority),
                MaxConcurrentOrders = 8,
                RetryWait = TimeSpan.FromMilliseconds(500),
                MaxRetryWait = TimeSpan.FromSeconds(2),
                MaxRequestsPerDay = int.MaxValue,
                MaxDeliveries = int.MaxValue,
                Reported = static report =>
                {
                    if (report.Kind is SigningReportKind.StoreFailed or SigningReportKind.CallBackFailed)
                    {
                        Console.Error.WriteLine($"{report} {report.Exception}");
                    }
                },
            }
        );
        await using var csms = CsmsHost.Create(
            endpoint =>
                service
                    .AddTo(endpoint)
                    .On<HeartbeatRequest, HeartbeatResponse>(
                        static (_, _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow }
                    )
                    .On<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
                        static (_, _) => new SecurityEventNotificationResponse()
                    ),
            options => options.Connected += service.Connected,
            port: port
        );

        await csms.StartAsync();
        ChildProcess.Tell(csms.Url);
        while (await Console.In.ReadLineAsync() is not null)
        {
            ChildProcess.Tell((await store.ListUnfinishedAsync()).Count);
        }
    }
}
