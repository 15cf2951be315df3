using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>A CSMS on Kestrel, and how tests connect to it.</summary>
internal sealed class Csms : IAsyncDisposable
{
    private readonly CsmsHost _host;
    private readonly Channel<OcppSession> _connected = Channel.CreateUnbounded<OcppSession>();
    private readonly Channel<(OcppSession Session, OcppCloseReason Reason)> _disconnected = Channel.CreateUnbounded<(
        OcppSession,
        OcppCloseReason
    )>();
    private readonly X509Certificate2? _tls;

    private Csms(CsmsHost host, TestLog log, X509Certificate2? tls)
    {
        (_host, Log, _tls) = (host, log, tls);
        OcppOptions options = Services.GetRequiredService<IOptions<OcppOptions>>().Value;
        options.Connected += session => _connected.Writer.TryWrite(session);
        options.Disconnected += (session, reason) => _disconnected.Writer.TryWrite((session, reason));
    }

    public OcppConnectionRegistry Stations => _host.Stations;

    public IServiceProvider Services => _host.Services;

    public TestLog Log { get; }

    /// <inheritdoc cref="CsmsHost.Create"/>
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
        var log = new TestLog();
        var host = CsmsHost.Create(endpoint, options, store, tls, services, app, protocols, kestrel, log: log);
        var csms = new Csms(host, log, tls);
        await host.StartAsync();
        return csms;
    }

    public Uri UrlOf(string path) => new($"{_host.Url}/{path}");

    /// <summary>Where the same endpoint is reached without TLS.</summary>
    public Uri PlainUrlOf(string path) => new($"{_host.PlainUrl}/{path}");

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
            await socket.ConnectAsync(url, CancellationToken.None).WaitAsync(CsmsHost.Patience);
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
                socket.ConnectAsync(UrlOf(path), CancellationToken.None).WaitAsync(CsmsHost.Patience)
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
    public Task<OcppSession> ConnectedAsync() => _connected.Reader.ReadAsync().AsTask().WaitAsync(CsmsHost.Patience);

    /// <summary>The next session that has gone.</summary>
    public Task<(OcppSession Session, OcppCloseReason Reason)> DisconnectedAsync() =>
        _disconnected.Reader.ReadAsync().AsTask().WaitAsync(CsmsHost.Patience);

    public Task StopAsync() => _host.StopAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
