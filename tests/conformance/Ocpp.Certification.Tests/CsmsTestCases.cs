using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.V201;
using Ocpp.V201;
using static Ocpp.V201.CertificateSigningUseEnumType;

namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a CSMS (OCPP 2.0.1 part 6) that cover certificate signing: the CSMS of this SDK, with
/// the tester in the place of the station, step by step over real WebSockets.
/// </summary>
public sealed class CsmsTestCases
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    [Fact]
    public async Task TC_A_11_CSMS_Charging_station_certificate_by_request_of_the_CSMS()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint);
        (IStationKey key, X509Certificate2Collection chain) = await RunAsync(
            csms,
            station,
            ChargingStationCertificate,
            MessageTriggerEnumType.SignChargingStationCertificate,
            ClientAuthentication
        );

        // The station reconnects with the new certificate.
        OcppReconnection reconnection = await station.Client.ReconnectAsync(
            station.Client.Options with
            {
                Password = null,
                ClientCertificate = key.UseForTls(chain[0]),
                ClientCertificateIntermediates = [chain[1]],
            }
        );
        Assert.True(reconnection.IsNew, reconnection.Failure?.Message);
        await station.Client.CallAsync(new HeartbeatRequest());
    }

    [Fact]
    public async Task A05_A_station_whose_profile_was_raised_when_its_certificate_was_delivered_gets_in_with_it_and_not_with_its_password()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint);
        (IStationKey key, X509Certificate2Collection chain) = await RunAsync(
            csms,
            station,
            ChargingStationCertificate,
            MessageTriggerEnumType.SignChargingStationCertificate,
            ClientAuthentication
        );
        csms.Endpoint.Demand(OcppSecurityProfile.ClientCertificate);

        OcppReconnection reconnection = await station.Client.ReconnectAsync(
            station.Client.Options with
            {
                Password = null,
                ClientCertificate = key.UseForTls(chain[0]),
                ClientCertificateIntermediates = [chain[1]],
            }
        );
        Assert.True(reconnection.IsNew, reconnection.Failure?.Message);
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();
        Assert.Equal(OcppSecurityProfile.ClientCertificate, session.Connection.SecurityProfile);
        Assert.Equal(chain[0].Thumbprint, session.Connection.ClientCertificate?.Thumbprint);

        await using var byPassword = new OcppClient(
            new OcppHandlers(Ocpp201Protocol.Instance),
            csms.Endpoint.Connection
        );
        OcppConnectionFailedException refused = await Assert.ThrowsAsync<OcppConnectionFailedException>(() =>
            byPassword.ConnectAsync()
        );
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task TC_A_12_CSMS_V2G_certificate_by_request_of_the_CSMS()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint);
        await RunAsync(csms, station, V2GCertificate, MessageTriggerEnumType.SignV2GCertificate, ServerAuthentication);
    }

    [Fact]
    public async Task TC_A_13_CSMS_Combined_certificate_by_request_of_the_CSMS()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint);
        (IStationKey key, X509Certificate2Collection chain) = await RunAsync(
            csms,
            station,
            certificateType: null,
            MessageTriggerEnumType.SignCombinedCertificate,
            ClientAuthentication
        );
        using (key)
        {
            TestStation.Verify(
                csms.Endpoint,
                key,
                string.Concat(chain.Select(one => one.ExportCertificatePem() + "\n")),
                ServerAuthentication
            );
        }
    }

    [Fact]
    public async Task TC_A_14_CSMS_The_station_rejects_the_certificate()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new TestStation(csms.Endpoint, CertificateSignedStatusEnumType.Rejected);
        await station.Client.ConnectAsync();
        await csms.Endpoint.Sessions.NextAsync();
        using IStationKey key = await station.CreateKeyAsync();

        SignCertificateResponse answer = await station.Client.CallAsync(
            new SignCertificateRequest { Csr = TestStation.Csr(key), CertificateType = ChargingStationCertificate }
        );
        Assert.Equal(GenericStatusEnumType.Accepted, answer.Status);
        await station.SignedAsync();
        await station.Client.CallAsync(
            new SecurityEventNotificationRequest
            {
                Type = "InvalidChargingStationCertificate",
                Timestamp = DateTimeOffset.UtcNow,
            }
        );

        SigningReport ended = await csms.Ended;
        Assert.Equal(SigningReportKind.Rejected, ended.Kind);
        Assert.Equal("The station rejected the certificate, and gave no reason.", ended.Reason);
    }

    /// <summary>From the trigger to the accepted certificate.</summary>
    private static async Task<(IStationKey Key, X509Certificate2Collection Chain)> RunAsync(
        RunningCsms csms,
        TestStation station,
        CertificateSigningUseEnumType? certificateType,
        MessageTriggerEnumType trigger,
        string extendedKeyUsage
    )
    {
        await station.Client.ConnectAsync();
        await csms.Endpoint.Sessions.NextAsync();

        // 1, 2: TriggerMessage, answered Accepted.
        SigningResponse triggered = await csms.Signing.RequestRenewalAsync(Endpoint.Station, certificateType.ToUses());
        Assert.Equal(SigningResponse.Accepted, triggered);
        Assert.Equal(trigger, (await station.TriggeredAsync()).RequestedMessage);

        // 3, 4: SignCertificate, answered Accepted.
        IStationKey key = await station.CreateKeyAsync();
        SignCertificateResponse answer = await station.Client.CallAsync(
            new SignCertificateRequest { Csr = TestStation.Csr(key), CertificateType = certificateType }
        );
        Assert.Equal(GenericStatusEnumType.Accepted, answer.Status);

        // 5, 6: CertificateSigned with a chain that leads to the operator's root and the same type, answered Accepted.
        CertificateSignedRequest signed = await station.SignedAsync();
        Assert.Equal(certificateType, signed.CertificateType);
        X509Certificate2Collection chain = TestStation.Verify(
            csms.Endpoint,
            key,
            signed.CertificateChain,
            extendedKeyUsage
        );
        Assert.Equal(SigningReportKind.Delivered, (await csms.Ended).Kind);
        return (key, chain);
    }
}
