using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using static Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certification.Tests;

/// <summary>
/// The steps of certification test cases for a station that cover certificate signing, in one version of OCPP: the
/// station of this SDK, with the tester in the place of the CSMS, step by step over real WebSockets.
/// </summary>
public abstract class StationTestCase
{
    private readonly TestMessages _version;

    private protected StationTestCase(TestMessages version) => _version = version;

    /// <summary>The CSMS triggers a request: the station reconnects with its certificate.</summary>
    private protected async Task OwnCertificateAsync()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint, _version);
        OcppSession first = await csms.Endpoint.Sessions.NextAsync();

        // 1, 2: the trigger, answered Accepted.
        await TestCsms.TriggerAsync(first);

        // 3, 4: SignCertificate, with type and request id where the version has them, answered Accepted.
        CsrMessage request = await csms.RequestedAsync();
        Assert.Equal(_version.CertificateType, request.CertificateType);
        Assert.Equal(_version.RequestId is not null, request.RequestId is not null);
        CsrEvaluation verdict = new CsrPolicy { OrganizationName = Endpoint.OrganizationName }.Evaluate(
            request.Csr,
            Endpoint.Station
        );
        Assert.True(verdict.IsAccepted, verdict.ToString());
        await station.ReportAsync(RequestAccepted);

        // 5, 6: CertificateSigned, answered Accepted.
        ChainMessage signed = await TestCsms.SignAsync(csms.Endpoint.Authority, request);
        Assert.Equal(new MessageAnswer(IsAccepted: true), await _version.DeliverAsync(first, signed));

        // 7, 8: the station disconnects in order, and reconnects with the new certificate.
        OcppCloseReason closed = await first.Completion.WaitAsync(Patience.Limit);
        Assert.Equal(OcppCloseKind.ClosedByPeer, closed.Kind);
        OcppSession second = await csms.Endpoint.Sessions.NextAsync();
        await station.ReportAsync(InUse);
        Assert.Null(station.Client.Options.Password);
        using (var leaf = X509Certificate2.CreateFromPem(signed.Chain))
        {
            Assert.Equal(leaf.Thumbprint, station.Client.Options.ClientCertificate?.Thumbprint);
        }

        // Validation: it works over the new connection, and a repeated delivery is the same one.
        await _version.HeartbeatAsync(station.Client);
        Assert.Equal(new MessageAnswer(IsAccepted: true), await _version.DeliverAsync(second, signed));
        Assert.Equal([verdict.Request.KeyId], await station.Keys.ListAsync());
    }

    /// <summary>Two certificates, one after the other.</summary>
    private protected async Task RenewalAsync()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint, _version);
        var keys = new List<PublicKeyId>();
        for (int i = 0; i < 2; i++)
        {
            OcppSession session = await csms.Endpoint.Sessions.NextAsync();
            await TestCsms.TriggerAsync(session);
            ChainMessage signed = await TestCsms.SignAsync(csms.Endpoint.Authority, await csms.RequestedAsync());
            Assert.Equal(new MessageAnswer(IsAccepted: true), await _version.DeliverAsync(session, signed));
            keys.Add((await station.ReportAsync(InUse)).KeyId!.Value);
        }

        Assert.NotEqual(keys[0], keys[1]);
        Assert.Equal([keys[1]], await station.Keys.ListAsync());
    }

    /// <summary>The certificate comes from another root.</summary>
    private protected async Task InvalidCertificateAsync()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        using var foreign = LocalCertificateAuthority.Open(
            csms.Endpoint.Locate("foreign"),
            new() { OrganizationName = Endpoint.OrganizationName }
        );
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint, _version);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();

        // 1 to 4: the trigger and SignCertificate, both answered Accepted.
        await TestCsms.TriggerAsync(session);
        CsrMessage request = await csms.RequestedAsync();
        await station.ReportAsync(RequestAccepted);

        // 5, 6: CertificateSigned with a chain of another root, answered Rejected.
        Assert.Equal(
            new MessageAnswer(IsAccepted: false, _version.InvalidCertificateReason),
            await _version.DeliverAsync(session, await TestCsms.SignAsync(foreign, request))
        );

        // 7, 8: SecurityEventNotification, answered.
        Assert.Equal(_version.InvalidCertificateEvent, await csms.ReportedAsync());
        await station.ReportAsync(Discarded);

        // Validation: the same connection, no other SignCertificate (A02.FR.20), and the key is gone.
        await _version.HeartbeatAsync(station.Client);
        station.Clock.Advance(TimeSpan.FromDays(2));
        await _version.HeartbeatAsync(station.Client);
        Assert.False(csms.HasRequest);
        Assert.Empty(await station.Keys.ListAsync());
        Assert.True(session.IsOpen);
    }

    /// <summary>The CSMS rejects the CSR.</summary>
    private protected async Task RejectedRequestAsync()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        csms.Answer = new MessageAnswer(IsAccepted: false, "InvalidCSR");
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint, _version);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();

        // 1 to 4: the trigger answered Accepted, SignCertificate answered Rejected.
        await TestCsms.TriggerAsync(session);
        await csms.RequestedAsync();
        await station.ReportAsync(RequestRejected);
        await station.ReportAsync(Discarded);

        // Validation: the station goes on as before, and does not ask again.
        station.Clock.Advance(TimeSpan.FromDays(2));
        await _version.HeartbeatAsync(station.Client);
        Assert.False(csms.HasRequest);
        Assert.Empty(await station.Keys.ListAsync());
        Assert.True(session.IsOpen);
    }

    /// <summary>The CSMS accepts the CSR, and sends no certificate.</summary>
    private protected async Task NoCertificateAsync()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint, _version);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();

        // 1 to 4: the trigger and SignCertificate, both answered Accepted; no CertificateSigned follows.
        await TestCsms.TriggerAsync(session);
        CsrMessage request = await csms.RequestedAsync();
        await station.ReportAsync(RequestAccepted);

        // 5 to 10: after CertSigningWaitMinimum, twice it, four times it, SignCertificate again (A02.FR.17, A02.FR.18).
        foreach (int seconds in new[] { 60, 120, 240 })
        {
            await AssertSilentForAsync(TimeSpan.FromSeconds(seconds) - TimeSpan.FromSeconds(1));
            station.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(request, await csms.RequestedAsync());
            await station.ReportAsync(RequestAccepted);
        }

        // Validation: after CertSigningRepeatTimes it stops (A02.FR.19), until it is triggered again.
        station.Clock.Advance(TimeSpan.FromSeconds(480));
        await station.ReportAsync(GaveUp);
        await AssertSilentForAsync(TimeSpan.FromDays(30));
        await TestCsms.TriggerAsync(session);
        Assert.NotEqual(request.Csr, (await csms.RequestedAsync()).Csr);

        async Task AssertSilentForAsync(TimeSpan time)
        {
            await station.Certificates.SettleAsync();
            station.Clock.Advance(time);
            await station.Certificates.SettleAsync();
            await _version.HeartbeatAsync(station.Client);
            Assert.False(csms.HasRequest);
        }
    }
}
