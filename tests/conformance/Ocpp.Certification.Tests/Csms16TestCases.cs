using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.AspNetCore.Authentication;
using Ocpp.V16;

namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a central system that cover passwords, TLS and certificate signing, of the compliancy
/// testing tool for OCPP 1.6 with its security extension.
/// </summary>
public sealed class Csms16TestCases() : CsmsTestCase(TestMessages.V16)
{
    [Fact]
    public Task TC_074_CSMS_Charge_point_certificate_by_request_of_the_central_system() => OwnCertificateAsync();

    [Fact]
    public Task A_station_whose_profile_was_raised_with_its_certificate_gets_in_with_it_not_with_its_password() =>
        RaisedProfileAsync();

    [Fact]
    public Task TC_077_CSMS_The_charge_point_rejects_the_certificate() => RejectedAsync();

    [Fact]
    public async Task TC_073_CSMS_Update_charge_point_password_for_HTTP_basic_authentication()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        await using var station = new OcppClient(Ocpp16Protocol.Instance, csms.Endpoint.Connection);
        var received = new TaskCompletionSource<ChangeConfigurationRequest>();
        station.On(
            (ChangeConfigurationRequest request) =>
            {
                received.TrySetResult(request);
                return new ChangeConfigurationResponse { Status = ConfigurationStatus.Accepted };
            }
        );
        await station.ConnectAsync();
        OcppSession first = await csms.Endpoint.Sessions.NextAsync();

        // 1, 2: ChangeConfiguration with 32 to 40 hexadecimal digits, answered Accepted.
        byte[] key = RandomNumberGenerator.GetBytes(OcppPassword.KeySize);
        ChangeConfigurationResponse changed = await first.CallAsync(
            new ChangeConfigurationRequest { Key = "AuthorizationKey", Value = Convert.ToHexString(key) }
        );
        Assert.Equal(ConfigurationStatus.Accepted, changed.Status);
        csms.Endpoint.Accept(OcppPassword.HashKey(key));
        ChangeConfigurationRequest change = await received.Task.WaitAsync(Patience.Limit);
        Assert.Equal("AuthorizationKey", change.Key);
        Assert.Matches("^[0-9A-F]{32,40}$", change.Value);

        // 3: the station disconnects, and reconnects with the new password; the old one is refused.
        OcppReconnection reconnection = await station.ReconnectAsync(
            station.Options with
            {
                Password = null,
                AuthorizationKey = Convert.FromHexString(change.Value),
            }
        );
        Assert.True(reconnection.IsNew, reconnection.Failure?.Message);
        OcppSession second = await csms.Endpoint.Sessions.NextAsync();
        Assert.Equal(OcppSecurityProfile.TlsBasic, second.Connection.SecurityProfile);
        await AssertUnauthorizedAsync(csms.Endpoint.Connection);
    }

    [Fact]
    public async Task TC_085_CSMS_Basic_authentication_with_a_valid_username_and_password()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();

        // 1, 2: a request without an Authorization header is rejected.
        await AssertUnauthorizedAsync(csms.Endpoint.Connection with { Password = null });

        // 3 to 8: with one the station is connected, and its messages are answered.
        await using var station = new OcppClient(Ocpp16Protocol.Instance, csms.Endpoint.Connection);
        await station.ConnectAsync();
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();
        Assert.Equal(OcppSecurityProfile.TlsBasic, session.Connection.SecurityProfile);
        Assert.Equal(Endpoint.Station, session.Identity);
        await ConnectedStation16.BootAsync(station);
    }

    [Fact]
    public async Task TC_086_CSMS_TLS_with_a_valid_server_side_certificate()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        OcppClientOptions options = csms.Endpoint.Connection;

        // 1 to 4: the handshake, with a certificate for the name of the server that leads to its root.
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, options.Url.Port);
        await using var tls = new SslStream(connection.GetStream());
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.AddRange(options.TrustedRoots!);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = options.Url.Host, CertificateChainPolicy = trust }
        );
        Assert.True(tls.SslProtocol >= SslProtocols.Tls12, $"{tls.SslProtocol} is older than TLS 1.2.");
        using var certificate = X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
        Assert.Equal(options.Url.Host, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        Assert.NotEmpty(certificate.SerialNumber);
        AssertStrong(certificate);

        // 5 to 10: the WebSocket connection with the password, BootNotification and StatusNotification.
        await using var station = new OcppClient(Ocpp16Protocol.Instance, options);
        await station.ConnectAsync();
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();
        Assert.Equal(
            (true, OcppSecurityProfile.TlsBasic),
            (session.Connection.IsEncrypted, session.Connection.SecurityProfile)
        );
        await ConnectedStation16.BootAsync(station);
    }

    [Fact]
    public async Task TC_087_CSMS_TLS_with_a_valid_client_side_certificate()
    {
        await using RunningCsms csms = await RunningCsms.StartAsync();
        csms.Endpoint.Demand(OcppSecurityProfile.ClientCertificate);

        // 1 to 6: the handshake with the station's certificate, and the WebSocket connection without a password.
        OcppClientOptions options = await csms.Endpoint.CertifiedConnectionAsync();
        await using var station = new OcppClient(Ocpp16Protocol.Instance, options);
        await station.ConnectAsync();
        OcppSession session = await csms.Endpoint.Sessions.NextAsync();
        Assert.Equal(OcppSecurityProfile.ClientCertificate, session.Connection.SecurityProfile);
        Assert.Equal(options.ClientCertificate!.Thumbprint, session.Connection.ClientCertificate?.Thumbprint);

        // 7 to 10: BootNotification and StatusNotification.
        await ConnectedStation16.BootAsync(station);
    }

    private static async Task AssertUnauthorizedAsync(OcppClientOptions options)
    {
        await using var station = new OcppClient(Ocpp16Protocol.Instance, options);
        OcppConnectionFailedException refused = await Assert.ThrowsAsync<OcppConnectionFailedException>(() =>
            station.ConnectAsync()
        );
        Assert.Equal(
            (OcppConnectionFailure.Unauthorized, HttpStatusCode.Unauthorized),
            (refused.Reason, refused.Status)
        );
    }

    /// <summary>Keys of certificates have at least 224 bits for elliptic curves, and 2048 for RSA.</summary>
    internal static void AssertStrong(X509Certificate2 certificate)
    {
        using ECDsa? curve = certificate.GetECDsaPublicKey();
        using RSA? rsa = certificate.GetRSAPublicKey();
        Assert.True(curve?.KeySize >= 224 || rsa?.KeySize >= 2048, "The key is too short.");
    }
}
