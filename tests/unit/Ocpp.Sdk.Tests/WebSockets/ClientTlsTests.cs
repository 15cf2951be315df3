using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Ocpp.V201;

namespace Ocpp.Tests.WebSockets;

public sealed class ClientTlsTests : IDisposable
{
    private readonly TestAuthority _root = new("root");
    private readonly TestAuthority _stationRoot = new("station root");

    public void Dispose()
    {
        _root.Dispose();
        _stationRoot.Dispose();
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_a_trusted_root_is_connected_to_with_tls_1_2_or_newer()
    {
        var tls = new TaskCompletionSource<SslProtocols>();
        using X509Certificate2 certificate = _root.IssueServer();
        await using var csms = new RawCsms(
            request =>
            {
                tls.SetResult(((SslStream)request.Stream).SslProtocol);
                return HoldAsync(request);
            },
            Tls(certificate)
        );
        await using OcppClient client = Client(csms);
        await client.ConnectAsync();
        Assert.Contains(await tls.Task, new[] { SslProtocols.Tls12, SslProtocols.Tls13 });
    }

    [Fact]
    public async Task A_server_certificate_with_another_name_is_refused()
    {
        using X509Certificate2 certificate = _root.IssueServer("csms.example.com");
        Assert.Equal(
            "The server's certificate was rejected: RemoteCertificateNameMismatch.",
            await RefusalAsync(certificate)
        );
    }

    [Fact]
    public async Task An_expired_server_certificate_is_refused()
    {
        using X509Certificate2 certificate = _root.IssueServer(daysLeft: -1);
        Assert.Equal(
            "The server's certificate was rejected: RemoteCertificateChainErrors (NotTimeValid).",
            await RefusalAsync(certificate)
        );
    }

    [Fact]
    public async Task A_certificate_of_a_station_is_none_of_a_server()
    {
        using X509Certificate2 certificate = _root.Issue(
            "CN=localhost",
            extensions: TestAuthority.Usage(TestAuthority.ClientAuthentication)
        );
        Assert.Equal(
            "The server's certificate was rejected: RemoteCertificateChainErrors (NotValidForUsage).",
            await RefusalAsync(certificate)
        );
    }

    [Fact]
    public async Task A_server_certificate_of_another_root_than_the_trusted_ones_is_refused()
    {
        using X509Certificate2 certificate = _stationRoot.IssueServer();
        Assert.Equal(
            "The server's certificate was rejected: RemoteCertificateChainErrors (PartialChain).",
            await RefusalAsync(certificate)
        );
    }

    [Fact]
    public async Task A_server_certificate_of_a_root_that_the_system_does_not_trust_is_refused()
    {
        using X509Certificate2 certificate = _root.IssueServer();
        Assert.StartsWith(
            "The server's certificate was rejected: RemoteCertificateChainErrors (",
            await RefusalAsync(certificate, options => options with { TrustedRoots = null }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_urls_in_a_server_certificate_are_not_fetched(bool hasTrustedRoots)
    {
        using var urls = new UrlTrap();
        using X509Certificate2 certificate = urls.Issue("CN=localhost");
        Assert.StartsWith(
            "The server's certificate was rejected: RemoteCertificateChainErrors (",
            await RefusalAsync(
                certificate,
                options => hasTrustedRoots ? options : options with { TrustedRoots = null }
            ),
            StringComparison.Ordinal
        );
        Assert.False(urls.WasCalled);
    }

    [Fact]
    public async Task The_application_may_refuse_a_server_certificate_that_has_no_errors()
    {
        using X509Certificate2 certificate = _root.IssueServer();
        Assert.Equal(
            "The server's certificate was rejected: by the application.",
            await RefusalAsync(
                certificate,
                options =>
                    options with
                    {
                        ServerCertificateValidation = (_, _, _, errors) => errors != SslPolicyErrors.None,
                    }
            )
        );
    }

    [Fact]
    public async Task The_application_may_accept_a_server_certificate_with_errors()
    {
        using X509Certificate2 certificate = _stationRoot.IssueServer("csms.example.com");
        await using var csms = new RawCsms(HoldAsync, Tls(certificate));
        await using OcppClient client = Client(
            csms,
            options =>
                options with
                {
                    ServerCertificateValidation = (_, server, _, _) =>
                        server?.GetCertHashString() == certificate.GetCertHashString(),
                }
        );
        await client.ConnectAsync();
        Assert.Equal(OcppClientState.Connected, client.State);
    }

    [Fact]
    public async Task The_client_certificate_is_sent_with_its_intermediates()
    {
        using var intermediate = new TestAuthority("intermediate", _stationRoot);
        using X509Certificate2 station = intermediate.Issue("CN=CS-1");
        using X509Certificate2 certificate = _root.IssueServer();
        var seen = new TaskCompletionSource<X509Certificate?>();
        await using var csms = new RawCsms(
            request =>
            {
                seen.SetResult(((SslStream)request.Stream).RemoteCertificate);
                return HoldAsync(request);
            },
            Mutual(certificate)
        );
        await using OcppClient client = Client(
            csms,
            options =>
                options with
                {
                    ClientCertificate = station,
                    ClientCertificateIntermediates = [intermediate.Certificate],
                }
        );
        await client.ConnectAsync();
        Assert.Equal(station.GetCertHashString(), (await seen.Task)?.GetCertHashString());
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_server_that_wants_a_client_certificate_does_not_take_a_station_without(SslProtocols protocol)
    {
        using X509Certificate2 certificate = _root.IssueServer();
        SslServerAuthenticationOptions tls = Mutual(certificate);
        tls.EnabledSslProtocols = protocol;
        await using var csms = new RawCsms(HoldAsync, tls);
        await using OcppClient client = Client(csms);
        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
        Assert.Equal(OcppConnectionFailure.Cut, exception.Reason);
    }

    [Fact]
    public async Task A_server_without_tls_is_told_as_a_failure_of_tls()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var client = new OcppClient(
            new OcppHandlers(Ocpp201Protocol.Instance),
            new OcppClientOptions
            {
                Url = new Uri($"wss://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"),
                Identity = "CS-1",
            }
        );
        Task connecting = client.ConnectAsync();
        using TcpClient accepted = await listener.AcceptTcpClientAsync();
        await accepted.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => connecting);
        Assert.Equal(OcppConnectionFailure.TlsFailed, exception.Reason);
    }

    [Fact]
    public async Task A_renewed_certificate_that_the_csms_does_not_take_gives_way_to_the_old_one()
    {
        using X509Certificate2 old = _stationRoot.Issue("CN=CS-1");
        using X509Certificate2 renewed = _stationRoot.Issue("CN=CS-1");
        using X509Certificate2 foreign = _root.Issue("CN=CS-1");
        using X509Certificate2 certificate = _root.IssueServer();
        await using var csms = new RawCsms(HoldAsync, Mutual(certificate));
        await using OcppClient client = Client(csms, options => options with { ClientCertificate = old });
        await client.ConnectAsync();

        Assert.Null((await client.ReconnectAsync(client.Options with { ClientCertificate = renewed })).Failure);
        OcppReconnection outcome = await client.ReconnectAsync(client.Options with { ClientCertificate = foreign });

        Assert.Equal(
            (OcppConnectionFailure.Cut, renewed),
            (outcome.Failure!.Reason, outcome.Options.ClientCertificate)
        );
        await using var states = new StateListener(client);
        await states.UntilAsync(OcppClientState.Connected);
        for (int attempt = 0; attempt < client.Options.ConnectionAttempts; attempt++)
        {
            await csms.TlsFailures.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.False(csms.TlsFailures.TryRead(out _));
        Assert.Same(renewed, client.Options.ClientCertificate);
    }

    private async Task<string> RefusalAsync(
        X509Certificate2 certificate,
        Func<OcppClientOptions, OcppClientOptions>? change = null
    )
    {
        await using var csms = new RawCsms(HoldAsync, Tls(certificate));
        await using OcppClient client = Client(csms, change);
        var exception = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());
        Assert.Equal(OcppConnectionFailure.ServerCertificateRefused, exception.Reason);
        return exception.Message;
    }

    /// <summary>Completes the handshake, and waits for the station to close.</summary>
    private static async Task HoldAsync(RawRequest request)
    {
        using WebSocket socket = await RawCsms.UpgradeAsync(request);
        await socket.ReceiveAsync(new byte[1], request.Closing);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", request.Closing);
    }

    private static SslServerAuthenticationOptions Tls(X509Certificate2 certificate) =>
        new()
        {
            // Offline: the server would fetch the issuer of its own certificate, too.
            ServerCertificateContext = SslStreamCertificateContext.Create(
                certificate,
                additionalCertificates: null,
                offline: true
            ),
        };

    /// <summary>TLS that takes clients with a certificate of the stations' root only.</summary>
    private SslServerAuthenticationOptions Mutual(X509Certificate2 certificate)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(_stationRoot.Certificate);
        return new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = true,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None,
        };
    }

    private OcppClient Client(RawCsms csms, Func<OcppClientOptions, OcppClientOptions>? change = null)
    {
        var options = new OcppClientOptions
        {
            Url = csms.Url,
            Identity = "CS-1",
            TrustedRoots = [_root.Certificate],
            RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(1),
            RetryBackOffRandomRange = TimeSpan.Zero,
        };
        return new OcppClient(new OcppHandlers(Ocpp201Protocol.Instance), change?.Invoke(options) ?? options);
    }
}
