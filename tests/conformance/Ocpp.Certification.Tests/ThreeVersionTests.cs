using System.Net;
using System.Security.Cryptography.X509Certificates;
using Csms;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Authentication;
using Ocpp.Certificates;
using Ocpp.Certificates.Hosting;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Stations;
using Ocpp.V16;
using Station;

namespace Ocpp.Certification.Tests;

/// <summary>
/// The CSMS of the samples in one process, with stations of OCPP 1.6, 2.0.1 and 2.1 at one URL, over TLS.
/// </summary>
public sealed class ThreeVersionTests : IAsyncLifetime, IAsyncDisposable
{
    private const string OrganizationName = "Example Charging";
    private const string Password = "certification-test";

    /// <summary>AuthorizationKey of the station of OCPP 1.6, which is not text.</summary>
    private static readonly byte[] s_key = Convert.FromHexString("00ff3a80c3280a0d097f61626364e282ac01fe3a");

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _serverAuthority = new("Servers");
    private readonly X509Certificate2 _serverCertificate;
    private readonly CsmsHost _host;
    private readonly Sessions _sessions;

    public ThreeVersionTests()
    {
        _serverCertificate = _serverAuthority.IssueServer();
        WebApplicationBuilder builder = CsmsHost.CreateBuilder(_serverCertificate);
        builder
            .Services.AddOcpp()
            .AddStationStore<ConfiguredStations>(ServiceLifetime.Singleton)
            .AddCertificateSigning(signing =>
            {
                signing.OrganizationName = OrganizationName;
                signing.LocalAuthorityFolder = _folder.Locate("ca");
                foreach (var version in CsmsApplication.SigningVersions)
                {
                    signing.Versions.Add(version);
                }
            })
            .UseSqlite(_folder.Locate("signing.db"));
        foreach (StationVersion version in StationVersion.All)
        {
            builder.Configuration[$"Stations:{IdentityOf(version)}:PasswordHash"] = HasKey(version)
                ? OcppPassword.HashKey(s_key)
                : OcppPassword.Hash(Password);
        }

        _host = new CsmsHost(builder.Build());
        _host.App.MapCsms(OcppSecurityProfile.TlsBasic, OcppSecurityProfile.ClientCertificate);
        Options = _host.Services.GetRequiredService<IOptions<OcppOptions>>().Value;
        _sessions = new Sessions(Options);
    }

    private OcppOptions Options { get; }

    public Task InitializeAsync() => _host.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _serverCertificate.Dispose();
        _serverAuthority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Stations_of_three_versions_get_their_certificates_from_one_CSMS_and_come_back_under_profile_3()
    {
        ChargingStation[] stations = await Task.WhenAll(StationVersion.All.Select(version => ConnectAsync(version)));
        Assert.Equal(Expected(OcppSecurityProfile.TlsBasic), (await SessionsAsync()).Select(Describe));

        // The CSMS triggers all of them; each reconnects with its certificate and without its password.
        SigningService signing = _host.Services.GetRequiredService<HostedSigningService>().Service;
        SigningResponse[] triggered = await Task.WhenAll(
            StationVersion.All.Select(version =>
                signing.RequestRenewalAsync(IdentityOf(version), CertificateUses.CsmsConnection)
            )
        );
        Assert.All(triggered, response => Assert.Equal(SigningResponse.Accepted, response));
        await Task.WhenAll(stations.Select(station => station.WhenCertifiedAsync(CancellationToken.None)));
        Dictionary<string, string> certificates = (await SessionsAsync()).ToDictionary(
            session => session.Identity,
            AssertCertified
        );
        Assert.Equal(3, certificates.Values.Distinct().Count());
        foreach (ChargingStation station in stations)
        {
            await station.Version.HeartbeatAsync(station, CancellationToken.None);
            Assert.Null(station.Client.Options.Password);
            Assert.True(station.Client.Options.AuthorizationKey.IsEmpty);
            await station.DisposeAsync();
        }

        // From now on each has to use its certificate. Started again, each comes back with it, by what it has kept.
        foreach (StationVersion version in StationVersion.All)
        {
            _host.App.Configuration[$"Stations:{IdentityOf(version)}:Profile"] = nameof(
                OcppSecurityProfile.ClientCertificate
            );
        }

        foreach (StationVersion version in StationVersion.All)
        {
            await using var byPassword = new OcppClient(version.Protocol, ConnectionOf(version));
            OcppConnectionFailedException refused = await Assert.ThrowsAsync<OcppConnectionFailedException>(() =>
                byPassword.ConnectAsync()
            );
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);

            await using ChargingStation station = await ConnectAsync(version);
            Assert.Same(version, station.Version);
            Assert.Equal(certificates[IdentityOf(version)], AssertCertified(await _sessions.NextAsync()));
        }
    }

    [Fact]
    public async Task A_station_that_speaks_all_versions_gets_its_certificate_in_the_one_that_it_prefers()
    {
        foreach (StationVersion preferred in StationVersion.All)
        {
            await using ChargingStation station = await ConnectAsync(
                preferred,
                [preferred, .. StationVersion.All.Where(version => version != preferred)]
            );
            Assert.Same(preferred, station.Version);
            await _sessions.NextAsync();

            await station.Certificates.RequestAsync(CertificateUses.CsmsConnection);
            await station.WhenCertifiedAsync(CancellationToken.None);

            AssertCertified(await _sessions.NextAsync());
            Assert.Same(preferred, station.Version);
        }
    }

    private static bool HasKey(StationVersion version) => version.Protocol == Ocpp16Protocol.Instance;

    private static string IdentityOf(StationVersion version) => $"EX-{version.Name}";

    private static IEnumerable<(string, string, OcppSecurityProfile?)> Expected(OcppSecurityProfile profile) =>
        StationVersion
            .All.Select(version => (IdentityOf(version), version.Protocol.Subprotocol, (OcppSecurityProfile?)profile))
            .Order();

    private static (string, string, OcppSecurityProfile?) Describe(OcppSession session) =>
        (session.Identity, session.Protocol.Subprotocol, session.Connection.SecurityProfile);

    /// <summary>The session is that of the station's own certificate, in the version of the station.</summary>
    /// <returns>The certificate's thumbprint.</returns>
    private string AssertCertified(OcppSession session)
    {
        Assert.Contains(Describe(session), Expected(OcppSecurityProfile.ClientCertificate));
        Assert.True(session.Connection.IsEncrypted);
        X509Certificate2 certificate = Assert.IsType<X509Certificate2>(session.Connection.ClientCertificate);
        Assert.Equal($"CN={session.Identity}, O={OrganizationName}", certificate.Subject);
        Assert.Equal(Options.Certificates.Intermediates[0].Subject, certificate.Issuer);
        return certificate.Thumbprint;
    }

    /// <summary>The next session of each station, in the order of their identities.</summary>
    private async Task<OcppSession[]> SessionsAsync()
    {
        OcppSession[] sessions =
        [
            await _sessions.NextAsync(),
            await _sessions.NextAsync(),
            await _sessions.NextAsync(),
        ];
        return [.. sessions.OrderBy(session => session.Identity, StringComparer.Ordinal)];
    }

    private Task<ChargingStation> ConnectAsync(StationVersion version, IReadOnlyList<StationVersion>? offered = null) =>
        ChargingStation.ConnectAsync(
            ConnectionOf(version),
            new StationCertificatesOptions
            {
                Versions = [.. (offered ?? [version]).Select(one => one.Signing)],
                OrganizationName = OrganizationName,
                SerialNumber = IdentityOf(version),
                Keys = new FileKeyStore(_folder.Locate($"{version.Name}-keys")),
                StateFile = _folder.Locate($"{version.Name}.json"),
                TrustedRoots = Options.Certificates.TrustedRoots,
            },
            CancellationToken.None
        );

    private OcppClientOptions ConnectionOf(StationVersion version) =>
        new()
        {
            Url = _host.Url,
            Identity = IdentityOf(version),
            Password = HasKey(version) ? null : Password,
            AuthorizationKey = HasKey(version) ? s_key : null,
            TrustedRoots = [_serverAuthority.Certificate],
        };
}
