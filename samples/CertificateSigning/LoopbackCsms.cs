using System.Net;
using System.Security.Cryptography.X509Certificates;
using Csms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp.Certificates.Sqlite;
using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Authentication;
using Ocpp.Certificates;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.V201;
using Ocpp.Rpc;
using Samples;

namespace CertificateSigning;

/// <summary>
/// The CSMS of <c>samples/Csms</c> on a free port of this machine, with security profiles 2 and 3: TLS with a certificate that was
/// made at its start, and HTTP Basic with a password that was made then, too, or the certificate of a station.
/// </summary>
internal sealed class LoopbackCsms : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _serverCertificate;
    private readonly SqliteSigningRequestStore _store;

    private LoopbackCsms(
        WebApplication app, X509Certificate2 serverCertificate, SqliteSigningRequestStore store, SigningService signing, OcppClientOptions connection)
    {
        _app = app;
        _serverCertificate = serverCertificate;
        _store = store;
        Signing = signing;
        Connection = connection;
    }

    /// <summary>How its one station connects, with security profile 2.</summary>
    public OcppClientOptions Connection { get; }

    /// <summary>What has the station's CSRs signed.</summary>
    public SigningService Signing { get; }

    /// <summary>What became of the station's CSRs.</summary>
    public ISigningRequestStore Requests => _store;

    /// <summary>Starts it.</summary>
    /// <param name="authority">The operator's certificate authority.</param>
    /// <param name="operatorName">Who the stations belong to.</param>
    /// <param name="identity">The one station that it knows.</param>
    /// <param name="folder">Where it keeps its requests.</param>
    public static async Task<LoopbackCsms> StartAsync(OperatorAuthority authority, string operatorName, string identity, string folder)
    {
        X509Certificate2 serverCertificate = LoopbackCertificate.Create();
        string password = Guid.NewGuid().ToString("N");

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders(); // the frames are printed
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.UseHttps(https =>
        {
            https.UseStationCertificates();
            https.ServerCertificate = serverCertificate;
        })));
        builder.Services.AddRouting();
        builder.Services.AddOcpp(options =>
        {
            options.Certificates.TrustedRoots.AddRange(authority.Roots);
            options.Certificates.Intermediates.AddRange(authority.Intermediates);
            options.Certificates.OrganizationName = operatorName;
        }).AddStationStore<ConfiguredStations>(ServiceLifetime.Singleton);
        builder.Configuration[$"Stations:{identity}:PasswordHash"] = OcppPassword.Hash(password);

        WebApplication app = builder.Build();
        var store = SqliteSigningRequestStore.Open(Path.Combine(folder, "signing.db"));
        SigningService signing = await SigningService.StartAsync(new SigningServiceOptions
        {
            Versions = [V201CsmsSigning.Instance],
            Policy = new CsrPolicy { OrganizationName = operatorName },
            Store = store,
            Authority = authority.Authority,
        });
        app.MapCsms(signing, OcppSecurityProfile.TlsBasic, OcppSecurityProfile.ClientCertificate);
        await app.StartAsync();
        return new LoopbackCsms(app, serverCertificate, store, signing, new OcppClientOptions
        {
            Url = new Uri($"{app.Urls.Single().Replace("https", "wss", StringComparison.Ordinal)}/ocpp"),
            Identity = identity,
            Password = password,
            TrustedRoots = [serverCertificate],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await Signing.DisposeAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _serverCertificate.Dispose();
    }
}
