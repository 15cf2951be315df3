using System.Net;
using Ocpp.Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Signing;

namespace Ocpp.Certification.Tests;

/// <summary>
/// The steps of certification test cases for a CSMS that cover certificate signing, in one version of OCPP: the CSMS of
/// this SDK, with the tester in the place of the station, step by step over real WebSockets.
/// </summary>
public abstract class CsmsTestCase
{
    private protected const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private protected const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly TestMessages _version;

    private protected CsmsTestCase(TestMessages version) => _version = version;

    /// <summary>The station's own certificate: the station reconnects with it.</summary>
    private protected async Task OwnCertificateAsync()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint, _version);
        (IStationKey key, CertificateChain chain) = await OwnCertificateAsync(csms, station);

        await station.ReconnectAsync(key, chain);
        await station.HeartbeatAsync();
    }

    /// <summary>The store has the station's profile raised when its certificate is delivered.</summary>
    private protected async Task RaisedProfileAsync()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint, _version);
        (IStationKey key, CertificateChain chain) = await OwnCertificateAsync(csms, station);
        csms.Endpoint.Demand(OcppSecurityProfile.ClientCertificate);

        await station.ReconnectAsync(key, chain);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();
        Assert.Equal(_version.Protocol, session.Protocol);
        Assert.Equal(OcppSecurityProfile.ClientCertificate, session.Connection.SecurityProfile);
        Assert.Equal(chain.Leaf.Thumbprint, session.Connection.ClientCertificate?.Thumbprint);

        await using var byPassword = new OcppClient(_version.Protocol, csms.Endpoint.Connection);
        OcppConnectionFailedException refused = await Assert.ThrowsAsync<OcppConnectionFailedException>(() =>
            byPassword.ConnectAsync()
        );
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    /// <summary>Another certificate.</summary>
    private protected async Task CertificateAsync(
        CertificateUses uses,
        string? certificateType,
        string trigger,
        params string[] extendedKeyUsages
    )
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint, _version);
        await RunAsync(csms, station, uses, certificateType, trigger, extendedKeyUsages);
    }

    /// <summary>The station rejects its certificate, and sends a security event.</summary>
    private protected async Task RejectedAsync()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint, _version, accepts: false);
        await TriggerAsync(csms, station, CertificateUses.CsmsConnection, _version.Trigger);
        using IStationKey key = await station.CreateKeyAsync();

        MessageAnswer answer = await station.SubmitAsync(key, _version.CertificateType);
        Assert.Equal(new MessageAnswer(IsAccepted: true), answer);
        await station.SignedAsync();
        await station.ReportAsync(_version.InvalidCertificateEvent);

        SigningReport ended = await csms.Ended;
        Assert.Equal(SigningReportKind.Rejected, ended.Kind);
        Assert.Equal("The station rejected the certificate, and gave no reason.", ended.Reason);
    }

    private Task<(IStationKey Key, CertificateChain Chain)> OwnCertificateAsync(
        RunningCsms csms,
        TestStation station
    ) =>
        RunAsync(
            csms,
            station,
            CertificateUses.CsmsConnection,
            _version.CertificateType,
            _version.Trigger,
            ClientAuthentication
        );

    /// <summary>The station connects, and accepts the trigger.</summary>
    private static async Task TriggerAsync(
        RunningCsms csms,
        TestStation station,
        CertificateUses uses,
        string requestedMessage
    )
    {
        await station.Client.ConnectAsync();
        await csms.Endpoint.Sessions.NextAsync();

        // 1, 2: the trigger, answered Accepted.
        SigningResponse triggered = await csms.Signing.RequestRenewalAsync(Endpoint.Station, uses);
        Assert.Equal(SigningResponse.Accepted, triggered);
        Assert.Equal(requestedMessage, await station.TriggeredAsync());
    }

    /// <summary>From the trigger to the accepted certificate.</summary>
    private async Task<(IStationKey Key, CertificateChain Chain)> RunAsync(
        RunningCsms csms,
        TestStation station,
        CertificateUses uses,
        string? certificateType,
        string trigger,
        params string[] extendedKeyUsages
    )
    {
        await TriggerAsync(csms, station, uses, trigger);

        // 3, 4: SignCertificate, answered Accepted.
        IStationKey key = await station.CreateKeyAsync();
        Assert.Equal(new MessageAnswer(IsAccepted: true), await station.SubmitAsync(key, certificateType));

        // 5, 6: CertificateSigned with a chain that leads to the operator's root, and with the same type and the same
        // request id where the version has them, answered Accepted.
        ChainMessage signed = await station.SignedAsync();
        Assert.Equal((certificateType, _version.RequestId), (signed.CertificateType, signed.RequestId));
        CertificateChain chain = TestStation.Verify(csms.Endpoint, key, signed.Chain, extendedKeyUsages);
        Assert.Equal(SigningReportKind.Delivered, (await csms.Ended).Kind);
        return (key, chain);
    }
}
