using System.Net;
using System.Security.Cryptography.X509Certificates;
using Csms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp;
using Ocpp.AspNetCore.Authentication;
using Ocpp.Certificates.Hosting;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Versions;
using Samples;

namespace CertificateSigning;

/// <summary>
/// The CSMS of <c>samples/Csms</c> on a free port of this machine, with security profiles 2 and 3: TLS with a
/// certificate that was made at its start, and HTTP Basic with a password that was made then, too, or the certificate
/// of a station.
/// </summary>
internal sealed class LoopbackCsms : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _serverCertificate;

    private readonly string _password;

    private LoopbackCsms(WebApplication app, X509Certificate2 serverCertificate, string password)
    {
        _app = app;
        _serverCertificate = serverCertificate;
        _password = password;
    }

    /// <summary>What has the stations' CSRs signed.</summary>
    public SigningService Signing => _app.Services.GetRequiredService<HostedSigningService>().Service;

    /// <summary>What became of the stations' CSRs.</summary>
    public ISigningRequestStore Requests => _app.Services.GetRequiredService<HostedSigningService>().Store;

    /// <summary>Starts it.</summary>
    /// <param name="authority">The operator's certificate authority.</param>
    /// <param name="operatorName">Who the stations belong to.</param>
    /// <param name="identities">The stations that it knows.</param>
    /// <param name="folder">Where it keeps its requests.</param>
    public static async Task<LoopbackCsms> StartAsync(
        OperatorAuthority authority,
        string operatorName,
        IEnumerable<string> identities,
        string folder
    )
    {
        X509Certificate2 serverCertificate = LoopbackCertificate.Create();
        string password = Guid.NewGuid().ToString("N");

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders(); // the frames are printed
        builder.WebHost.UseKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                port: 0,
                listen =>
                    listen.UseHttps(https =>
                    {
                        https.UseStationCertificates();
                        https.ServerCertificate = serverCertificate;
                    })
            )
        );
        builder.Services.AddRouting();
        builder
            .Services.AddOcpp()
            .AddStationStore<ConfiguredStations>(ServiceLifetime.Singleton)
            .AddCertificateSigning(signing =>
            {
                signing.OrganizationName = operatorName;
                foreach (CsmsSigningVersion version in CsmsApplication.SigningVersions)
                {
                    signing.Versions.Add(version);
                }

                signing.Authority = authority.Authority;
                signing.TrustedRoots.AddRange(authority.Roots);
                signing.Intermediates.AddRange(authority.Intermediates);
            })
            .UseSqlite(Path.Combine(folder, "signing.db"));
        foreach (string identity in identities)
        {
            builder.Configuration[$"Stations:{identity}:PasswordHash"] = OcppPassword.Hash(password);
        }

        WebApplication app = builder.Build();
        app.MapCsms(OcppSecurityProfile.TlsBasic, OcppSecurityProfile.ClientCertificate);
        await app.StartAsync();
        return new LoopbackCsms(app, serverCertificate, password);
    }

    /// <summary>How a station connects, with security profile 2.</summary>
    public OcppClientOptions ConnectionOf(string identity) =>
        new()
        {
            Url = new Uri($"{_app.Urls.Single().Replace("https", "wss", StringComparison.Ordinal)}/ocpp"),
            Identity = identity,
            Password = _password,
            TrustedRoots = [_serverCertificate],
        };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _serverCertificate.Dispose();
    }
}
