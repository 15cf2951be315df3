using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

/// <summary>No URL that a peer names is fetched: before it is known who that is, it is a stranger's wish.</summary>
public sealed class PeerUrlTests
{
    [Fact]
    public async Task The_urls_in_a_strangers_client_certificate_are_not_fetched_and_stall_nobody()
    {
        using var urls = new UrlTrap();
        using X509Certificate2 stranger = urls.Issue("O=Example Charging, CN=CS-1");
        using var root = new TestAuthority("Operator Root");
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.OnHeartbeat(),
            options =>
            {
                options.Certificates.TrustedRoots.Add(root.Certificate);
                options.Certificates.OrganizationName = "Example Charging";
            },
            new StationList
            {
                new OcppStationAccount { Identity = "CS-1" },
                new OcppStationAccount { Identity = "CS-2", AllowAnonymous = true },
            },
            root.Issue("CN=localhost")
        );
        await using OcppSession station = await csms.ConnectAsync("CS-2");

        Task<HttpStatusCode>[] strangers =
        [
            .. Enumerable.Range(0, 8).Select(_ => StatusOfAsync(csms.UrlOf("CS-1"), stranger)),
        ];
        for (int call = 0; call < 20; call++)
        {
            Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));
        }

        Assert.DoesNotContain(HttpStatusCode.SwitchingProtocols, await Task.WhenAll(strangers));
        Assert.False(urls.WasCalled);
    }

    /// <summary>
    /// Asks for a WebSocket with a client certificate, whose chain is not built here: that would fetch the URLs, too.
    /// </summary>
    private static async Task<HttpStatusCode> StatusOfAsync(Uri url, X509Certificate2 certificate)
    {
        using var http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                SslOptions =
                {
                    ClientCertificateContext = SslStreamCertificateContext.Create(
                        certificate,
                        additionalCertificates: null,
                        offline: true
                    ),
                    RemoteCertificateValidationCallback = (_, server, _, _) => server?.Issuer == "CN=Operator Root",
                },
            }
        );
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol(Ocpp201Protocol.Instance.Subprotocol);
        await Assert.ThrowsAsync<WebSocketException>(() =>
            socket.ConnectAsync(url, http, CancellationToken.None).WaitAsync(CsmsHost.Patience)
        );
        return socket.HttpStatusCode;
    }
}
