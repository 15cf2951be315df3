using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Ocpp.TestKit;

/// <summary>A CSMS on Kestrel, on the loopback interface.</summary>
internal sealed class CsmsHost : IAsyncDisposable
{
    /// <param name="app">What <see cref="CreateBuilder"/> began, with an endpoint for OCPP at /ocpp.</param>
    public CsmsHost(WebApplication app) => App = app;

    /// <summary>The time within which anything happens that should happen at once.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    /// <summary>The stations that are connected.</summary>
    public OcppConnectionRegistry Stations => Services.GetRequiredService<OcppConnectionRegistry>();

    /// <summary>Where stations connect, without their identity. Known once it has started.</summary>
    public Uri Url => Urls.First();

    /// <summary>The same without TLS, if it is served, too.</summary>
    public Uri PlainUrl => Urls.FirstOrDefault(url => url.Scheme == Uri.UriSchemeWs) ?? Url;

    private IEnumerable<Uri> Urls =>
        App.Urls.Select(address => new Uri(
            address
                .Replace("https://127.0.0.1", "wss://localhost", StringComparison.Ordinal)
                .Replace("http://", "ws://", StringComparison.Ordinal) + "/ocpp"
        ));

    /// <summary>Creates a server with nothing on it yet.</summary>
    /// <inheritdoc cref="Create" path="/param"/>
    public static WebApplicationBuilder CreateBuilder(
        X509Certificate2? tls = null,
        Action<KestrelServerOptions>? kestrel = null,
        int port = 0,
        ILoggerProvider? log = null
    )
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(
                kestrel ?? (server => server.Listen(IPAddress.Loopback, port, listen => UseTls(listen, tls)))
            );
        builder.Services.AddRoutingCore();
        _ = log is null
            ? builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error)
            : builder.Logging.AddProvider(log);
        return builder;
    }

    /// <summary>Creates a CSMS, which is not started yet.</summary>
    /// <param name="endpoint">What it handles; nothing by default.</param>
    /// <param name="options">How connections are taken.</param>
    /// <param name="store">The stations that it knows; all by default.</param>
    /// <param name="tls">Its certificate, if it serves TLS.</param>
    /// <param name="services">Further services.</param>
    /// <param name="app">Further endpoints and middleware.</param>
    /// <param name="protocols">The versions that it speaks; OCPP 2.0.1 by default.</param>
    /// <param name="kestrel">The server, in place of one endpoint with or without TLS.</param>
    /// <param name="port">Where it listens; on a free port by default.</param>
    /// <param name="log">Where its log goes; errors to the console by default.</param>
    public static CsmsHost Create(
        Action<OcppEndpointBuilder>? endpoint = null,
        Action<OcppOptions>? options = null,
        IOcppStationStore? store = null,
        X509Certificate2? tls = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? app = null,
        OcppProtocol[]? protocols = null,
        Action<KestrelServerOptions>? kestrel = null,
        int port = 0,
        ILoggerProvider? log = null
    )
    {
        WebApplicationBuilder builder = CreateBuilder(tls, kestrel, port, log);
        OcppBuilder ocpp = builder.Services.AddOcpp(options);
        _ = store is null ? ocpp.AllowAnyStation() : ocpp.AddStationStore(store);
        services?.Invoke(builder.Services);
        var host = new CsmsHost(builder.Build());
        host.App.UseRouting();
        host.App.MapOcpp("/ocpp", protocols ?? [Ocpp201Protocol.Instance], endpoint ?? (_ => { }));
        app?.Invoke(host.App);
        return host;
    }

    /// <summary>
    /// Sets TLS up for stations, with the time for a handshake that a busy machine takes: Kestrel's own is 10 seconds.
    /// </summary>
    public static void UseTls(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            listen.UseHttps(
                certificate,
                https =>
                {
                    https.HandshakeTimeout = Patience;
                    https.UseStationCertificates();
                }
            );
        }
    }

    public Task StartAsync() => App.StartAsync();

    public Task StopAsync() => App.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await App.DisposeAsync();
    }
}
