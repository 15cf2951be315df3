using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>A CSMS on Kestrel, on a free port of the loopback interface.</summary>
internal sealed class Csms : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Uri _url;
    private readonly Uri _plainUrl;
    private readonly Channel<OcppSession> _connected = Channel.CreateUnbounded<OcppSession>();
    private readonly Channel<(OcppSession Session, OcppCloseReason Reason)> _disconnected = Channel.CreateUnbounded<(
        OcppSession,
        OcppCloseReason
    )>();
    private readonly X509Certificate2? _tls;

    private Csms(WebApplication app, LogLines log, X509Certificate2? tls)
    {
        _tls = tls;
        _app = app;
        Log = log;
        Stations = app.Services.GetRequiredService<OcppConnectionRegistry>();
        OcppOptions options = app.Services.GetRequiredService<IOptions<OcppOptions>>().Value;
        options.Connected += session => _connected.Writer.TryWrite(session);
        options.Disconnected += (session, reason) => _disconnected.Writer.TryWrite((session, reason));
        Uri[] urls =
        [
            .. app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Select(address => new Uri(
                    address
                        .Replace("http", "ws", StringComparison.Ordinal)
                        .Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
                )),
        ];
        _url = urls[0];
        _plainUrl = Array.Find(urls, url => url.Scheme == Uri.UriSchemeWs) ?? _url;
    }

    /// <summary>How long anything is waited for that should come at once.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    public OcppConnectionRegistry Stations { get; }

    public IServiceProvider Services => _app.Services;

    public LogLines Log { get; }

    public static async Task<Csms> StartAsync(
        Action<OcppEndpointBuilder>? endpoint = null,
        Action<OcppOptions>? options = null,
        IOcppStationStore? store = null,
        X509Certificate2? tls = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? app = null,
        OcppProtocol[]? protocols = null,
        Action<KestrelServerOptions>? kestrel = null
    )
    {
        var log = new LogLines();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(
                kestrel
                    ?? (
                        options =>
                            options.Listen(
                                IPAddress.Loopback,
                                0,
                                listen =>
                                {
                                    if (tls is not null)
                                    {
                                        UseTls(listen, tls);
                                    }
                                }
                            )
                    )
            );
        builder.Logging.AddProvider(log);
        builder.Services.AddRoutingCore();
        OcppBuilder ocpp = builder.Services.AddOcpp(options);
        if (store is null)
        {
            ocpp.AllowAnyStation();
        }
        else
        {
            ocpp.AddStationStore(store);
        }

        services?.Invoke(builder.Services);
        WebApplication built = builder.Build();
        built.UseRouting();
        built.MapOcpp("/ocpp", protocols ?? [Ocpp201Protocol.Instance], endpoint ?? (_ => { }));
        app?.Invoke(built);
        await built.StartAsync();
        return new Csms(built, log, tls);
    }

    /// <summary>
    /// Sets TLS up for stations, with the time for a handshake that a busy machine takes: Kestrel's own is 10 seconds.
    /// </summary>
    public static void UseTls(ListenOptions listen, X509Certificate2 certificate) =>
        listen.UseHttps(
            certificate,
            https =>
            {
                https.HandshakeTimeout = Patience;
                https.UseStationCertificates();
            }
        );

    public Uri UrlOf(string path) => new($"{_url}ocpp/{path}");

    /// <summary>Where the same endpoint is reached without TLS.</summary>
    public Uri PlainUrlOf(string path) => new($"{_plainUrl}ocpp/{path}");

    /// <summary>Opens a connection; what the server said to a refused one stands in the socket.</summary>
    public Task<ClientWebSocket> OpenAsync(string path, Action<ClientWebSocketOptions>? configure = null) =>
        OpenAsync(UrlOf(path), configure);

    public async Task<ClientWebSocket> OpenAsync(Uri url, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.GetCertHashString() == _tls?.Thumbprint;
        if (configure is null)
        {
            socket.Options.AddSubProtocol("ocpp2.0.1");
        }

        configure?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(url, CancellationToken.None).WaitAsync(Patience);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != 0)
        {
            // The test looks at the status.
        }

        return socket;
    }

    /// <summary>The status with which a connection is answered.</summary>
    public async Task<HttpStatusCode> StatusOfAsync(string path, Action<ClientWebSocketOptions>? configure = null)
    {
        using ClientWebSocket socket = await OpenAsync(path, configure);
        return socket.HttpStatusCode;
    }

    /// <summary>Whether a connection is cut before it is answered.</summary>
    public async Task<bool> CutsAsync(string path, Action<ClientWebSocketOptions> configure)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.GetCertHashString() == _tls?.Thumbprint;
        configure(socket.Options);
        WebSocketException? failure =
            await Record.ExceptionAsync(() =>
                socket.ConnectAsync(UrlOf(path), CancellationToken.None).WaitAsync(Patience)
            ) as WebSocketException;
        return failure is { InnerException: HttpRequestException } && (int)socket.HttpStatusCode == 0;
    }

    /// <summary>Connects a station that handles what it is told to.</summary>
    public async Task<OcppSession> ConnectAsync(
        string path,
        OcppHandlers? handlers = null,
        Action<ClientWebSocketOptions>? configure = null
    )
    {
        ClientWebSocket socket = await OpenAsync(path, configure);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.HttpStatusCode);
        var session = new OcppSession(
            socket,
            handlers ?? new OcppHandlers(Ocpp201Protocol.Instance),
            Uri.UnescapeDataString(path)
        );
        _ = session.RunAsync();
        return session;
    }

    /// <summary>The next session that has come.</summary>
    public Task<OcppSession> ConnectedAsync() => _connected.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The next session that has gone.</summary>
    public Task<(OcppSession Session, OcppCloseReason Reason)> DisconnectedAsync() =>
        _disconnected.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
