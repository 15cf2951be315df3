using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Authentication;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Rpc;

namespace Ocpp.AspNetCore.Tests;

/// <summary>An endpoint that takes several profiles, and stations each of which has its own.</summary>
public sealed class ProfileTests : IDisposable
{
    private const string Password = "correct-horse-battery";
    private static readonly string s_hash = OcppPassword.Hash(Password, 1000);

    private readonly TestAuthority _root = new("Operator Root");
    private readonly TestAuthority _stranger = new("Operator Root");
    private readonly StationList _stations = [];

    public void Dispose()
    {
        _root.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task A_station_of_profile_3_does_not_get_in_with_its_password()
    {
        Add(OcppSecurityProfile.ClientCertificate);
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-1", Station(password: Password)));
        Assert.Equal(HttpStatusCode.Forbidden, await PlainStatusOfAsync(csms, Station(password: Password)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", Station(Own())));
    }

    [Fact]
    public async Task A_station_of_profile_2_is_taken_over_TLS_only()
    {
        Add(OcppSecurityProfile.TlsBasic);
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await PlainStatusOfAsync(csms, Station(password: Password)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", Station(password: Password)));
    }

    [Fact]
    public async Task A_station_of_profile_2_needs_its_password_whatever_certificate_it_has()
    {
        Add(OcppSecurityProfile.TlsBasic);
        await using Csms csms = await StartAsync();

        foreach (
            X509Certificate2 certificate in (X509Certificate2[])
                [Own(), _root.Issue("O=Example Charging, CN=CS-2"), _stranger.Issue("CN=CS-1")]
        )
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1", Station(certificate)));
            Assert.Equal(
                HttpStatusCode.SwitchingProtocols,
                await csms.StatusOfAsync("CS-1", Station(certificate, Password))
            );
        }
    }

    [Theory]
    [InlineData(OcppSecurityProfile.ClientCertificate)]
    [InlineData(null)]
    public async Task A00_FR_407_An_invalid_certificate_ends_the_connection_although_the_password_is_right(
        OcppSecurityProfile? profile
    )
    {
        Add(profile);
        await using Csms csms = await StartAsync();

        foreach (
            X509Certificate2 certificate in (X509Certificate2[])
                [_stranger.Issue("O=Example Charging, CN=CS-1"), _root.Issue("O=Example Charging, CN=CS-2")]
        )
        {
            Assert.True(await csms.CutsAsync("CS-1", Station(certificate, Password)));
        }
    }

    [Fact]
    public async Task An_unknown_identity_is_not_found_whatever_its_certificate()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, await csms.StatusOfAsync("CS-9", Station(_stranger.Issue("CN=CS-9"))));
    }

    [Fact]
    public async Task A_station_of_profile_1_is_taken_with_TLS_and_without()
    {
        Add(OcppSecurityProfile.Basic);
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await PlainStatusOfAsync(csms, Station(password: Password)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", Station(password: Password)));
        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1", Station(Own())));
        Assert.Empty(_stations.Raised);
    }

    [Fact]
    public async Task The_profile_of_a_station_does_not_widen_that_of_the_endpoint()
    {
        Add(OcppSecurityProfile.Basic);
        await using Csms csms = await StartAsync(OcppSecurityProfile.ClientCertificate, OcppSecurityProfile.TlsBasic);

        Assert.Equal(HttpStatusCode.Forbidden, await PlainStatusOfAsync(csms, Station(password: Password)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", Station(password: Password)));
    }

    [Fact]
    public async Task A05_A_profile_that_the_store_raises_when_it_is_used_is_never_lowered()
    {
        Add(OcppSecurityProfile.Basic, raises: true);
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await PlainStatusOfAsync(csms, Station(password: Password)));
        Assert.Empty(_stations.Raised);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("cs-1", Station(password: Password)));
        Assert.Equal([("CS-1", OcppSecurityProfile.TlsBasic)], _stations.Raised);
        Assert.Equal(HttpStatusCode.Forbidden, await PlainStatusOfAsync(csms, Station(password: Password)));

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", Station(Own())));
        Assert.Equal(("CS-1", OcppSecurityProfile.ClientCertificate), _stations.Raised.Last());
        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-1", Station(password: Password)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", Station(Own())));
        Assert.Equal(2, _stations.Raised.Count);
    }

    [Fact]
    public async Task What_does_not_authenticate_raises_no_profile()
    {
        Add(OcppSecurityProfile.TlsBasic, raises: true);
        await using Csms csms = await StartAsync();

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await csms.StatusOfAsync("CS-1", Station(_root.Issue("O=Example Charging, CN=CS-2")))
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await csms.StatusOfAsync("CS-1", Station(_stranger.Issue("O=Example Charging, CN=CS-1")))
        );
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", Station(password: Password)));
        Assert.Empty(_stations.Raised);
    }

    [Fact]
    public async Task A_store_that_can_not_keep_a_raised_profile_lets_nobody_in_by_it()
    {
        await using Csms csms = await StartWithAsync(store: new Forgetful());

        Assert.Equal(HttpStatusCode.InternalServerError, await csms.StatusOfAsync("CS-1", Station(Own())));
        Assert.Equal(0, csms.Stations.Count);
    }

    [Fact]
    public async Task The_store_is_told_how_a_station_comes()
    {
        Add(null);
        await using Csms csms = await StartAsync();
        X509Certificate2 certificate = Own();

        await csms.StatusOfAsync("cs-1", Station(certificate));
        await csms.StatusOfAsync("CS-1", Station(password: Password));
        await PlainStatusOfAsync(csms, Station(password: Password));
        await csms.StatusOfAsync("CS-1", Station());
        Assert.True(await csms.CutsAsync("CS-1", Station(_stranger.Issue("O=Example Charging, CN=CS-1"))));

        Assert.Equal(
            [
                ("cs-1", OcppSecurityProfile.ClientCertificate, true, certificate.Thumbprint),
                ("CS-1", OcppSecurityProfile.TlsBasic, true, null),
                ("CS-1", OcppSecurityProfile.Basic, false, null),
                ("CS-1", null, true, null),
                ("CS-1", (OcppSecurityProfile?)null, true, (string?)null),
            ],
            _stations.Logins.Select(login =>
                (login.Identity, login.Profile, login.IsEncrypted, login.ClientCertificate?.Thumbprint)
            )
        );
        Assert.All(_stations.Logins, login => Assert.Equal(IPAddress.Loopback, login.RemoteEndPoint?.Address));
        Assert.All(
            _stations.Logins,
            login => Assert.Equal("/ocpp/{identity}", (login.Endpoint as RouteEndpoint)?.RoutePattern.RawText)
        );
    }

    [Fact]
    public async Task A_session_has_the_profile_the_certificate_and_the_address_and_its_log_line_has_no_certificate()
    {
        Add(null);
        await using Csms csms = await StartAsync();
        X509Certificate2 certificate = Own();

        await using OcppSession third = await csms.ConnectAsync("cs-1", configure: Station(certificate));
        OcppConnection byCertificate = (await csms.ConnectedAsync()).Connection;
        await using OcppSession second = await csms.ConnectAsync("CS-1", configure: Station(password: Password));
        OcppConnection byPassword = (await csms.ConnectedAsync()).Connection;

        Assert.Equal(
            (OcppSecurityProfile.ClientCertificate, true),
            (byCertificate.SecurityProfile, byCertificate.IsEncrypted)
        );
        Assert.Equal(certificate.Thumbprint, byCertificate.ClientCertificate?.Thumbprint);
        Assert.Equal((OcppSecurityProfile.TlsBasic, true), (byPassword.SecurityProfile, byPassword.IsEncrypted));
        Assert.Null(byPassword.ClientCertificate);
        Assert.Equal(IPAddress.Loopback, byPassword.RemoteEndPoint?.Address);
        Assert.Contains(
            $"CS-1: connected, ocpp2.0.1, security profile 3 from {byCertificate.RemoteEndPoint}",
            csms.Log.Of("Ocpp")
        );
        Assert.Contains(
            $"CS-1: connected, ocpp2.0.1, security profile 2 from {byPassword.RemoteEndPoint}",
            csms.Log.Of("Ocpp")
        );
    }

    [Fact]
    public async Task A_certificate_is_not_looked_at_where_there_are_no_roots()
    {
        Add(null);
        await using Csms csms = await Csms.StartAsync(store: _stations, tls: _root.Issue("CN=localhost"));

        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await csms.StatusOfAsync("CS-1", Station(_stranger.Issue("CN=CS-1"), Password))
        );
        Assert.Null(Assert.Single(_stations.Logins).ClientCertificate);
    }

    [Theory]
    [InlineData(OcppSecurityProfile.ClientCertificate, HttpStatusCode.Unauthorized)]
    [InlineData(OcppSecurityProfile.TlsBasic, HttpStatusCode.OK)]
    public async Task Another_endpoint_takes_a_password_from_stations_of_that_profile_only(
        OcppSecurityProfile profile,
        HttpStatusCode expected
    )
    {
        Add(profile);
        await using Csms csms = await StartWithAsync(app: app =>
            app.MapGet(
                "/ocpp/{identity}/firmware",
                async context =>
                {
                    AuthenticateResult result = await context.AuthenticateAsync(OcppAuthenticationSchemes.Basic);
                    context.Response.StatusCode = result.Succeeded
                        ? StatusCodes.Status200OK
                        : StatusCodes.Status401Unauthorized;
                }
            )
        );
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                SslOptions =
                {
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
            }
        );
        client.DefaultRequestHeaders.Add("Authorization", Basic(Password));

        using HttpResponseMessage response = await client.GetAsync(
            new UriBuilder(csms.UrlOf("CS-1/firmware")) { Scheme = "https" }.Uri
        );

        Assert.Equal(expected, response.StatusCode);
    }

    private static string Basic(string password) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"CS-1:{password}"))}";

    private static Action<ClientWebSocketOptions> Station(
        X509Certificate2? certificate = null,
        string? password = null
    ) =>
        options =>
        {
            options.AddSubProtocol("ocpp2.0.1");
            if (certificate is not null)
            {
                options.ClientCertificates.Add(certificate);
            }

            if (password is not null)
            {
                options.SetRequestHeader("Authorization", Basic(password));
            }
        };

    private static async Task<HttpStatusCode> PlainStatusOfAsync(Csms csms, Action<ClientWebSocketOptions> configure)
    {
        using ClientWebSocket socket = await csms.OpenAsync(csms.PlainUrlOf("CS-1"), configure);
        return socket.HttpStatusCode;
    }

    private X509Certificate2 Own() => _root.Issue("O=Example Charging, CN=CS-1");

    private void Add(OcppSecurityProfile? profile, bool raises = false) =>
        _stations.Add(
            new OcppStationAccount
            {
                Identity = "CS-1",
                PasswordHash = s_hash,
                Profile = profile,
                RaisesProfile = raises,
            }
        );

    private Task<Csms> StartAsync(params OcppSecurityProfile[] profiles) => StartWithAsync(null, null, profiles);

    private Task<Csms> StartWithAsync(
        IOcppStationStore? store = null,
        Action<WebApplication>? app = null,
        params OcppSecurityProfile[] profiles
    )
    {
        X509Certificate2 tls = _root.Issue("CN=localhost");
        return Csms.StartAsync(
            endpoint => _ = profiles.Length > 0 ? endpoint.RequireProfile(profiles) : endpoint,
            options =>
            {
                options.Certificates.TrustedRoots.Add(_root.Certificate);
                options.Certificates.OrganizationName = "Example Charging";
            },
            store ?? _stations,
            tls,
            app: app,
            kestrel: kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => CsmsHost.UseTls(listen, tls));
                kestrel.Listen(IPAddress.Loopback, 0);
            }
        );
    }

    /// <summary>Wants profiles to be raised, and does not keep them.</summary>
    private sealed class Forgetful : IOcppStationStore
    {
        public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
            ValueTask.FromResult<OcppStationAccount?>(
                new OcppStationAccount
                {
                    Identity = "CS-1",
                    Profile = OcppSecurityProfile.TlsBasic,
                    RaisesProfile = true,
                }
            );
    }
}
