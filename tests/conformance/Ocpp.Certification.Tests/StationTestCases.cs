using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.V201;
using static Ocpp.Certificates.Stations.StationCertificateReportKind;
using static Ocpp.V201.CertificateSigningUseEnumType;

namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a charging station (OCPP 2.0.1 part 6) that cover certificate signing: the station of
/// this SDK, with the tester in the place of the CSMS, step by step over real WebSockets.
/// </summary>
public sealed class StationTestCases
{
    [Fact]
    public async Task TC_A_11_CS_Charging_station_certificate_by_request_of_the_CSMS()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint);
        OcppSession first = await csms.Endpoint.Sessions.NextAsync();

        // 1, 2: TriggerMessage, answered Accepted.
        await TestCsms.TriggerAsync(first);

        // 3, 4: SignCertificate with the type, answered Accepted.
        SignCertificateRequest request = await csms.RequestedAsync();
        Assert.Equal(ChargingStationCertificate, request.CertificateType);
        CsrEvaluation verdict = new CsrPolicy { OrganizationName = Endpoint.OrganizationName }.Evaluate(
            request.Csr,
            Endpoint.Station
        );
        Assert.True(verdict.IsAccepted, verdict.ToString());
        await station.ReportAsync(RequestAccepted);

        // 5, 6: CertificateSigned, answered Accepted.
        CertificateSignedRequest signed = await TestCsms.SignAsync(csms.Endpoint.Authority, request);
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await first.CallAsync(signed)).Status);

        // 7, 8: the station disconnects in order, and reconnects with the new certificate.
        OcppCloseReason closed = await first.Completion.WaitAsync(Patience.Limit);
        Assert.Equal(OcppCloseKind.ClosedByPeer, closed.Kind);
        OcppSession second = await csms.Endpoint.Sessions.NextAsync();
        await station.ReportAsync(InUse);
        Assert.Null(station.Client.Options.Password);
        using (var leaf = X509Certificate2.CreateFromPem(signed.CertificateChain))
        {
            Assert.Equal(leaf.Thumbprint, station.Client.Options.ClientCertificate?.Thumbprint);
        }

        // Validation: it works over the new connection, and a repeated delivery is the same one.
        await station.Client.CallAsync(new HeartbeatRequest());
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await second.CallAsync(signed)).Status);
        Assert.Equal([verdict.Request.KeyId], await station.Keys.ListAsync());
    }

    [Fact]
    public async Task TC_A_11_CS_A_renewal_replaces_the_certificate_and_destroys_its_key()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint);
        var keys = new List<PublicKeyId>();
        for (int i = 0; i < 2; i++)
        {
            OcppSession session = await csms.Endpoint.Sessions.NextAsync();
            await TestCsms.TriggerAsync(session);
            CertificateSignedRequest signed = await TestCsms.SignAsync(
                csms.Endpoint.Authority,
                await csms.RequestedAsync()
            );
            Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await session.CallAsync(signed)).Status);
            keys.Add((await station.ReportAsync(InUse)).KeyId!.Value);
        }

        Assert.NotEqual(keys[0], keys[1]);
        Assert.Equal([keys[1]], await station.Keys.ListAsync());
    }

    [Fact]
    public async Task TC_A_14_CS_An_invalid_certificate_is_Rejected_and_told_as_a_security_event()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        using var foreign = LocalCertificateAuthority.Open(
            csms.Endpoint.Locate("foreign"),
            new() { OrganizationName = Endpoint.OrganizationName }
        );
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();

        // 1 to 4: TriggerMessage and SignCertificate, both answered Accepted.
        await TestCsms.TriggerAsync(session);
        SignCertificateRequest request = await csms.RequestedAsync();
        await station.ReportAsync(RequestAccepted);

        // 5, 6: CertificateSigned with a chain of another root, answered Rejected.
        CertificateSignedResponse answer = await session.CallAsync(await TestCsms.SignAsync(foreign, request));
        Assert.Equal(CertificateSignedStatusEnumType.Rejected, answer.Status);
        Assert.Equal("InvalidCertificate", answer.StatusInfo?.ReasonCode);

        // 7, 8: SecurityEventNotification, answered.
        Assert.Equal("InvalidChargingStationCertificate", (await csms.ToldAsync()).Type);
        await station.ReportAsync(Discarded);

        // Validation: the same connection, no other SignCertificate (A02.FR.20), and the key is gone.
        await station.Client.CallAsync(new HeartbeatRequest());
        station.Clock.Advance(TimeSpan.FromDays(2));
        await station.Client.CallAsync(new HeartbeatRequest());
        Assert.False(csms.HasRequest);
        Assert.Empty(await station.Keys.ListAsync());
        Assert.True(session.IsOpen);
    }

    [Fact]
    public async Task TC_A_15_CS_A_rejected_SignCertificate_ends_the_request()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        csms.Answer = new SignCertificateResponse
        {
            Status = GenericStatusEnumType.Rejected,
            StatusInfo = new StatusInfoType { ReasonCode = "InvalidCSR" },
        };
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();

        // 1 to 4: TriggerMessage answered Accepted, SignCertificate answered Rejected.
        await TestCsms.TriggerAsync(session);
        await csms.RequestedAsync();
        await station.ReportAsync(RequestRejected);
        await station.ReportAsync(Discarded);

        // Validation: the station goes on as before, and does not ask again.
        station.Clock.Advance(TimeSpan.FromDays(2));
        await station.Client.CallAsync(new HeartbeatRequest());
        Assert.False(csms.HasRequest);
        Assert.Empty(await station.Keys.ListAsync());
        Assert.True(session.IsOpen);
    }

    [Fact]
    public async Task TC_A_23_CS_Without_CertificateSigned_the_station_asks_again_with_doubled_waits_until_it_stops()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        await using RunningStation station = await RunningStation.ConnectAsync(csms.Endpoint);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();

        // 1 to 4: TriggerMessage and SignCertificate, both answered Accepted; no CertificateSigned follows.
        await TestCsms.TriggerAsync(session);
        SignCertificateRequest request = await csms.RequestedAsync();
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
            await station.Client.CallAsync(new HeartbeatRequest());
            Assert.False(csms.HasRequest);
        }
    }
}
