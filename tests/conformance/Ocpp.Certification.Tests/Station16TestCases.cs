using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Ocpp.AspNetCore.Authentication;
using Ocpp.V16;

namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a charge point that cover passwords, TLS and certificate signing, of the compliancy
/// testing tool for OCPP 1.6 with its security extension; and what that tool does not test.
/// </summary>
public sealed class Station16TestCases() : StationTestCase(TestMessages.V16)
{
    /// <summary>What a station sends first.</summary>
    private static readonly string[] s_messages =
    [
        nameof(BootNotificationRequest),
        .. ConnectedStation16.Connectors.Select(connector => $"{nameof(StatusNotificationRequest)} {connector}"),
    ];

    [Fact]
    public Task TC_074_CS_Charge_point_certificate_by_request_of_the_central_system() => OwnCertificateAsync();

    [Fact]
    public Task TC_074_CS_A_renewal_replaces_the_certificate_and_destroys_its_key() => RenewalAsync();

    [Fact]
    public Task TC_077_CS_An_invalid_certificate_is_Rejected_and_reported_as_a_security_event() =>
        InvalidCertificateAsync();

    [Fact]
    public Task A_rejected_SignCertificate_ends_the_request() => RejectedRequestAsync();

    [Fact]
    public Task Without_CertificateSigned_the_station_asks_again_with_doubled_waits_until_it_stops() =>
        NoCertificateAsync();

    [Fact]
    public async Task TC_073_CS_Update_charge_point_password_for_HTTP_basic_authentication()
    {
        await using TestCsms csms = await TestCsms.StartAsync();
        await using var station = new OcppClient(Ocpp16Protocol.Instance, csms.Endpoint.Connection);
        var reconnecting = new TaskCompletionSource<Task<OcppReconnection>>();
        station.On(
            (ChangeConfigurationRequest request) =>
            {
                Assert.Equal("AuthorizationKey", request.Key);
                OcppClientOptions changed = station.Options with
                {
                    Password = null,
                    AuthorizationKey = Convert.FromHexString(request.Value),
                };
                reconnecting.SetResult(station.ReconnectAsync(changed));
                return new ChangeConfigurationResponse { Status = ConfigurationStatus.Accepted };
            }
        );
        await station.ConnectAsync();
        OcppSession first = await csms.Endpoint.Sessions.NextAsync();
        byte[] key = RandomNumberGenerator.GetBytes(OcppPassword.KeySize);
        csms.Endpoint.Accept(OcppPassword.HashKey(key));

        // 1, 2: ChangeConfiguration, answered Accepted before the connection is closed.
        ChangeConfigurationResponse changed = await first.CallAsync(
            new ChangeConfigurationRequest { Key = "AuthorizationKey", Value = Convert.ToHexString(key) }
        );
        Assert.Equal(ConfigurationStatus.Accepted, changed.Status);
        OcppCloseReason closed = await first.Completion.WaitAsync(Patience.Limit);
        Assert.Equal(OcppCloseKind.ClosedByPeer, closed.Kind);

        // 3: the station reconnects with the new password, and no other is accepted.
        OcppReconnection reconnection = await (await reconnecting.Task.WaitAsync(Patience.Limit));
        Assert.True(reconnection.IsNew, reconnection.Failure?.Message);
        OcppSession second = await csms.Endpoint.Sessions.NextAsync();
        Assert.Equal(OcppSecurityProfile.TlsBasic, second.Connection.SecurityProfile);
    }

    [Fact]
    public async Task TC_085_CS_Basic_authentication_with_a_valid_username_and_password()
    {
        // The CSMS accepts this user name with this password only.
        (OcppSession session, IReadOnlyList<string> messages) = await ConnectAsync(csms =>
            Task.FromResult(csms.Connection)
        );
        Assert.Equal(OcppSecurityProfile.TlsBasic, session.Connection.SecurityProfile);
        Assert.Equal(Endpoint.Station, session.Identity);
        Assert.Equal(s_messages, messages);
    }

    [Fact]
    public async Task TC_086_CS_TLS_with_a_valid_server_side_certificate()
    {
        // The station accepts certificates of this root only.
        (OcppSession session, IReadOnlyList<string> messages) = await ConnectAsync(csms =>
        {
            Assert.Single(csms.Connection.TrustedRoots!);
            return Task.FromResult(csms.Connection);
        });
        Assert.True(session.Connection.IsEncrypted);
        Assert.Equal(s_messages, messages);
    }

    [Fact]
    public async Task TC_087_CS_TLS_with_a_valid_client_side_certificate()
    {
        (OcppSession session, IReadOnlyList<string> messages) = await ConnectAsync(async csms =>
        {
            csms.Demand(OcppSecurityProfile.ClientCertificate);
            return await csms.CertifiedConnectionAsync();
        });
        Assert.Equal(OcppSecurityProfile.ClientCertificate, session.Connection.SecurityProfile);
        X509Certificate2 certificate = session.Connection.ClientCertificate!;
        Assert.Equal(Endpoint.Station, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        Assert.NotEmpty(certificate.SerialNumber);
        Csms16TestCases.AssertStrong(certificate);
        Assert.Equal(s_messages, messages);
    }

    /// <summary>A station connects, and sends what it sends first.</summary>
    /// <returns>Its connection as the CSMS sees it, and its messages.</returns>
    private static async Task<(OcppSession Session, IReadOnlyList<string> Messages)> ConnectAsync(
        Func<Endpoint, Task<OcppClientOptions>> prepare
    )
    {
        var messages = Channel.CreateUnbounded<string>();
        await using Endpoint csms = await Endpoint.StartAsync(endpoint =>
            endpoint
                .On(
                    (BootNotificationRequest request) =>
                    {
                        messages.Writer.TryWrite(nameof(BootNotificationRequest));
                        return new BootNotificationResponse
                        {
                            Status = RegistrationStatus.Accepted,
                            CurrentTime = DateTimeOffset.UtcNow,
                            Interval = 300,
                        };
                    }
                )
                .On(
                    (StatusNotificationRequest request) =>
                    {
                        messages.Writer.TryWrite($"{nameof(StatusNotificationRequest)} {request.ConnectorId}");
                        return new StatusNotificationResponse();
                    }
                )
        );
        await using var station = new OcppClient(Ocpp16Protocol.Instance, await prepare(csms));
        await station.ConnectAsync();
        OcppSession session = await csms.Sessions.NextAsync();
        await ConnectedStation16.BootAsync(station);
        messages.Writer.Complete();
        return (session, await messages.Reader.ReadAllAsync().ToListAsync());
    }
}
