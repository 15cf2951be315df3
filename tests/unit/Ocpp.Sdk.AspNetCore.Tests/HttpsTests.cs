using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

/// <summary>TLS as <see cref="OcppHttpsExtensions"/> sets it up, before there is a request.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly TestAuthority _root = new("Operator Root");
    private readonly X509Certificate2 _ecdsa = TestAuthority.SelfSigned(
        "CN=localhost",
        ECDsa.Create(ECCurve.NamedCurves.nistP256)
    );
    private readonly X509Certificate2 _rsa = TestAuthority.SelfSigned("CN=localhost", RSA.Create(2048));

    public void Dispose()
    {
        _root.Dispose();
        _ecdsa.Dispose();
        _rsa.Dispose();
    }

#if NET10_0_OR_GREATER
    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, false)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, true)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, true)]
    public async Task A00_FR_318_Each_cipher_suite_is_served_with_the_certificate_that_it_needs_whichever_comes_first(
        TlsCipherSuite suite,
        bool needsRsa
    )
    {
        foreach (X509Certificate2[] certificates in new[] { [_ecdsa, _rsa], new[] { _rsa, _ecdsa } })
        {
            await using Csms csms = await StartAsync(tls => Add(tls, certificates));
            await using SslStream stream = await ConnectAsync(csms, SslProtocols.Tls12, suite);

            Assert.Equal(
                (suite, (needsRsa ? _rsa : _ecdsa).Thumbprint),
                (stream.NegotiatedCipherSuite, stream.RemoteCertificate?.GetCertHashString())
            );
        }
    }

    [Fact]
    public async Task Of_two_server_certificates_a_station_with_TLS_1_3_gets_the_first()
    {
        foreach (X509Certificate2[] certificates in new[] { [_ecdsa, _rsa], new[] { _rsa, _ecdsa } })
        {
            await using Csms csms = await StartAsync(tls => Add(tls, certificates));
            await using SslStream stream = await ConnectAsync(csms, SslProtocols.Tls13);

            Assert.Equal(
                (SslProtocols.Tls13, certificates[0].Thumbprint),
                (stream.SslProtocol, stream.RemoteCertificate?.GetCertHashString())
            );
        }
    }

    [Fact]
    public async Task A_ClientHello_that_is_cut_off_anywhere_or_lies_about_its_lengths_gets_no_answer_and_harms_nobody()
    {
        await using Csms csms = await StartAsync(tls => Add(tls, _ecdsa, _rsa));
        byte[] hello = await ClientHelloAsync();
        for (int length = 43; length < hello.Length; length += 7)
        {
            byte[] record = hello[..length];
            // The record is whole for whoever looks at its length alone.
            (record[3], record[4]) = ((byte)((length - 5) >> 8), (byte)(length - 5));
            await SendAsync(csms, record);
        }

        await using SslStream stream = await ConnectAsync(csms, SslProtocols.Tls12);
        Assert.True(stream.IsAuthenticated);
        Assert.DoesNotContain(
            csms.Log.Of("Microsoft.AspNetCore.Server.Kestrel"),
            line => line.Contains("Unhandled", StringComparison.OrdinalIgnoreCase)
        );
    }
#else
    [Fact]
    public async Task Several_server_certificates_are_refused_on_NET_8()
    {
        var exception = await Assert.ThrowsAsync<PlatformNotSupportedException>(() =>
            StartAsync(tls => Add(tls, _ecdsa, _rsa))
        );

        Assert.Equal(
            "Several server certificates require .NET 10, which exposes the ClientHello that selects one of them.",
            exception.Message
        );
    }
#endif

    [Theory]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384)]
    public async Task A00_FR_318_The_suites_that_NET_leaves_out_are_served_with_Kestrels_own_certificate_too(
        TlsCipherSuite suite
    )
    {
        await using Csms csms = await Csms.StartAsync(tls: _rsa);
        await using SslStream stream = await ConnectAsync(csms, SslProtocols.Tls12, suite);

        Assert.Equal(suite, stream.NegotiatedCipherSuite);
    }

    [Fact]
    public async Task The_intermediate_certificates_of_the_server_are_sent()
    {
        using var intermediate = new TestAuthority("Operator Servers", _root);
        using X509Certificate2 server = intermediate.Issue("CN=localhost");
        await using Csms csms = await StartAsync(tls =>
            tls.ServerCertificates.Add(
                SslStreamCertificateContext.Create(server, [intermediate.Certificate], offline: true)
            )
        );
        string[] sent = [];
        await using SslStream stream = await ConnectAsync(csms, SslProtocols.Tls13, chain => sent = chain);

        Assert.Equal(["CN=localhost", "CN=Operator Servers"], sent);
    }

    [Fact]
    public async Task A_TLS_connection_without_a_request_is_ended_and_a_station_that_is_silent_is_not()
    {
        await using Csms csms = await StartAsync(tls => Add(tls, _ecdsa), firstRequestTimeout: TimeSpan.FromSeconds(1));
        await using OcppSession station = await csms.ConnectAsync("CS-1");
        await using SslStream silent = await ConnectAsync(csms, SslProtocols.None);

        await UntilClosedAsync(silent);
        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));
    }

    [Fact]
    public async Task A_connection_without_a_request_lasts_10_seconds_by_default()
    {
        TimeSpan timeout = TimeSpan.Zero;
        await using Csms csms = await Csms.StartAsync(kestrel: kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.UseStationCertificates();
            timeout = kestrel.Limits.KeepAliveTimeout;
        });

        Assert.Equal(TimeSpan.FromSeconds(10), timeout);
    }

    [Fact]
    public async Task A00_FR_407_A_required_certificate_that_is_invalid_or_missing_ends_the_handshake()
    {
        using var other = new TestAuthority("Operator Root");
        await using Csms csms = await StartAsync(requiresCertificate: true);

        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await csms.StatusOfAsync("CS-1", With(_root.Issue("O=Example Charging, CN=CS-1")))
        );
        foreach (
            X509Certificate2? certificate in new[]
            {
                other.Issue("O=Example Charging, CN=CS-1"),
                _root.Issue("O=Example Charging, CN=CS-1", daysLeft: -1),
                _ecdsa,
                null,
            }
        )
        {
            await Assert.ThrowsAsync<WebSocketException>(() => csms.StatusOfAsync("CS-1", With(certificate)));
        }
    }

    [Fact]
    public async Task A_certificate_that_is_not_required_reaches_the_endpoint_whatever_it_is()
    {
        await using Csms csms = await StartAsync(tls => Add(tls, _ecdsa));

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", With(_rsa)));
    }

    private static void Add(OcppHttpsOptions tls, params X509Certificate2[] certificates)
    {
        foreach (X509Certificate2 certificate in certificates)
        {
            tls.ServerCertificates.Add(
                SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true)
            );
        }
    }

    private static Action<ClientWebSocketOptions> With(X509Certificate2? certificate) =>
        options =>
        {
            options.AddSubProtocol(Ocpp201Protocol.Instance.Subprotocol);
            if (certificate is not null)
            {
                options.ClientCertificates.Add(certificate);
            }
        };

    /// <summary>Starts a CSMS whose TLS is set up for the whole server.</summary>
    private Task<Csms> StartAsync(
        Action<OcppHttpsOptions>? configure = null,
        TimeSpan? firstRequestTimeout = null,
        bool requiresCertificate = false
    ) =>
        Csms.StartAsync(
            endpoint => endpoint.OnHeartbeat(),
            options =>
            {
                options.Certificates.TrustedRoots.Add(_root.Certificate);
                options.Certificates.OrganizationName = "Example Charging";
            },
            tls: _ecdsa,
            kestrel: kestrel =>
            {
                kestrel.UseStationCertificates(
                    tls =>
                    {
                        configure?.Invoke(tls);
                        if (requiresCertificate)
                        {
                            Add(tls, _ecdsa);
                            tls.RequiredClientCertificate = kestrel
                                .ApplicationServices.GetRequiredService<IOptions<OcppOptions>>()
                                .Value.Certificates;
                        }
                    },
                    firstRequestTimeout
                );
                kestrel.Listen(
                    IPAddress.Loopback,
                    0,
                    listen => listen.UseHttps(https => https.HandshakeTimeout = CsmsHost.Patience)
                );
            }
        );

    private static Task<SslStream> ConnectAsync(Csms csms, SslProtocols protocol, params TlsCipherSuite[] suites) =>
        ConnectAsync(csms, protocol, _ => { }, suites);

    private static async Task<SslStream> ConnectAsync(
        Csms csms,
        SslProtocols protocol,
        Action<string[]> seen,
        params TlsCipherSuite[] suites
    )
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, csms.UrlOf("").Port);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(Client(protocol, seen, suites)).WaitAsync(CsmsHost.Patience);
        return stream;
    }

    private static SslClientAuthenticationOptions Client(
        SslProtocols protocol,
        Action<string[]> seen,
        TlsCipherSuite[] suites
    ) =>
        new()
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocol,
            CipherSuitesPolicy =
                suites.Length == 0 || OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(suites),
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            },
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                // What was sent, apart from the certificate itself, is what chains may be built with.
                seen([
                    certificate!.Subject,
                    .. chain!
                        .ChainPolicy.ExtraStore.Select(one => one.Subject)
                        .Where(one => one != certificate.Subject),
                ]);
                return certificate.Subject == "CN=localhost";
            },
        };

    /// <summary>The first record of a handshake.</summary>
    private static async Task<byte[]> ClientHelloAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using TcpClient server = await listener.AcceptTcpClientAsync();
        using var stream = new SslStream(client.GetStream());
        Task handshake = stream.AuthenticateAsClientAsync(Client(SslProtocols.None, _ => { }, []));
        byte[] head = new byte[5];
        await server.GetStream().ReadExactlyAsync(head);
        byte[] body = new byte[(head[3] << 8) | head[4]];
        await server.GetStream().ReadExactlyAsync(body);
        server.Close();
        await Assert.ThrowsAnyAsync<Exception>(() => handshake);
        return [.. head, .. body];
    }

    /// <summary>Sends bytes and nothing more, and waits until the server ends the connection.</summary>
    private static async Task SendAsync(Csms csms, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, csms.UrlOf("").Port);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(bytes);
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server was quicker.
        }

        await UntilClosedAsync(stream);
    }

    /// <summary>Reads what comes, until the server ends the connection.</summary>
    private static async Task UntilClosedAsync(Stream stream)
    {
        byte[] buffer = new byte[256];
        try
        {
            while (await stream.ReadAsync(buffer).AsTask().WaitAsync(CsmsHost.Patience) > 0) { }
        }
        catch (IOException)
        {
            // Reset instead of closed.
        }
    }
}
