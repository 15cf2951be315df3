using System.Net;
using System.Security.Cryptography.X509Certificates;
using Csms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp;
using Ocpp.AspNetCore;

namespace CertificateSigning;

/// <summary>
/// The CSMS of <c>samples/Csms</c> on a free port of this machine, with security profile 2: TLS with a certificate that was
/// made at its start, and HTTP Basic with a password that was made then, too.
/// </summary>
internal sealed class LoopbackCsms : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2Collection _serverCertificates;

    private LoopbackCsms(WebApplication app, X509Certificate2Collection serverCertificates, OcppClientOptions connection)
    {
        _app = app;
        _serverCertificates = serverCertificates;
        Connection = connection;
    }

    /// <summary>How its one station connects.</summary>
    public OcppClientOptions Connection { get; }

    /// <summary>Starts it.</summary>
    /// <param name="authority">The operator's CA.</param>
    /// <param name="identity">The one station that it knows.</param>
    public static async Task<LoopbackCsms> StartAsync(CertificateAuthority authority, string identity)
    {
        X509Certificate2Collection serverCertificates = authority.IssueToServer(IPAddress.Loopback);
        string password = Guid.NewGuid().ToString("N");

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders(); // the frames tell all
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.UseHttps(https =>
        {
            https.UseStationCertificates();
            https.ServerCertificate = serverCertificates[0];
            https.ServerCertificateChain = serverCertificates;
        })));
        builder.Services.AddRouting();
        builder.Services.AddCsms(authority).AddStationStore<ConfiguredStations>(ServiceLifetime.Singleton);
        builder.Configuration[$"Stations:{identity}"] = OcppPassword.Hash(password);

        WebApplication app = builder.Build();
        app.MapCsms(OcppSecurityProfile.TlsBasic);
        await app.StartAsync();
        return new LoopbackCsms(app, serverCertificates, new OcppClientOptions
        {
            Url = new Uri($"{app.Urls.Single().Replace("https", "wss", StringComparison.Ordinal)}/ocpp"),
            Identity = identity,
            Password = password,
            TrustedRoots = [authority.Root],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (X509Certificate2 certificate in _serverCertificates)
        {
            certificate.Dispose();
        }
    }
}
