using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Ocpp.AspNetCore.Authentication;
using Ocpp.AspNetCore.Handlers;
using Ocpp.AspNetCore.Stations;
using Ocpp.Rpc;

namespace Ocpp.AspNetCore;

/// <summary>Takes the connections of one <c>MapOcpp</c>.</summary>
internal sealed class OcppEndpoint
{
    private const int RetryAfterFull = 60; // s

    private readonly OcppConnectionRegistry _stations;
    private readonly IServiceScopeFactory _scopes;
    private readonly StationLookup _lookup;
    private readonly ClientCertificateCheck _certificates;
    private readonly StationAuthentication _authentication;
    private readonly OcppHandlers _handlers;
    private readonly OcppOptions _options;
    private readonly OcppSessionOptions _session;
    private readonly ILogger _logger;

    public OcppEndpoint(
        OcppEndpointBuilder builder,
        OcppConnectionRegistry stations,
        IServiceScopeFactory scopes,
        StationLookup lookup,
        ClientCertificateCheck certificates,
        IOptions<OcppOptions> options,
        ILoggerFactory loggers
    )
    {
        _stations = stations;
        _scopes = scopes;
        _lookup = lookup;
        _certificates = certificates;
        _options = options.Value;
        _authentication = new StationAuthentication(builder.Profiles);
        _handlers = builder.Handlers;
        _logger = loggers.CreateLogger(OcppEndpointLog.Category);
        OcppSessionOptions session = _options.Session;
        _session = session.Logger is NullLogger ? session with { Logger = _logger } : session;
    }

    /// <summary>Answers a request: as a rule, when the connection has ended.</summary>
    public async Task ConnectAsync(HttpContext context)
    {
        // This method alone waits as long as the connection lasts: what the handshake needed is not held until then.
        if (await OpenAsync(context) is not { } station)
        {
            return;
        }

        try
        {
            OcppCloseReason reason = await station.Session.Completion;
            await _stations.EndAsync(station, reason, context.RequestAborted);
        }
        finally
        {
            HttpConnection.Of(station.Session)!.End();
        }
    }

    /// <summary>Takes a connection.</summary>
    /// <returns>
    /// The station, whose session runs; <see langword="null"/> if it was refused, in the answer or after it.
    /// </returns>
    private async Task<ConnectedStation?> OpenAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers[HeaderNames.SecWebSocketVersion] = "13";
            await RefuseAsync(
                context,
                StatusCodes.Status426UpgradeRequired,
                "This OCPP endpoint requires a WebSocket connection."
            );
            return null;
        }

        string identity = StationLookup.IdentityOf(context)!;
        PresentedCertificate? certificate = await _certificates.FindAsync(context);
        if (_authentication.IsForCertificatesOnly && certificate?.Fault is { } fault)
        {
            // The store need not be queried.
            Cut(context, identity, fault);
        }
        else if (await _lookup.FindAsync(context, identity) is not { } station)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "The identity is unknown.");
        }
        else if (
            await HasRoomAsync(context, station)
            && await AuthenticateAsync(context, station, certificate is not null) is { } verdict
            // Its password may have waited for long.
            && await HasRoomAsync(context, station)
        )
        {
            if (verdict.Profile is { } used)
            {
                await _lookup.RaiseAsync(station, used, context.RequestAborted);
            }

            if (verdict.User is { } user)
            {
                context.User = user;
            }

            StationLookup.Forget(context);
            return await AcceptAsync(context, station.Identity, verdict.Profile, certificate?.Certificate);
        }

        return null;
    }

    /// <summary>
    /// Authenticates a station, and refuses it if it does not succeed. What the authentication gets from the services
    /// of the request, such as the handlers of the schemes with their results, would last as long as the connection.
    /// </summary>
    /// <returns><see langword="null"/> if it was refused.</returns>
    private async Task<StationVerdict?> AuthenticateAsync(
        HttpContext context,
        OcppStationAccount station,
        bool hasCertificate
    )
    {
        IServiceProvider services = context.RequestServices;
        await using AsyncServiceScope scope = _scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            StationVerdict verdict = await _authentication.AuthenticateAsync(context, station, hasCertificate);
            switch (verdict.Kind)
            {
                case StationVerdictKind.Cut:
                    Cut(context, station.Identity, verdict.Reason);
                    return null;
                case StationVerdictKind.Challenged:
                    await context.ChallengeAsync(OcppAuthenticationSchemes.Basic);
                    LogRefusal(context, station.Identity, context.Response.StatusCode, verdict.Reason);
                    return null;
                case StationVerdictKind.Forbidden:
                    await RefuseAsync(context, StatusCodes.Status403Forbidden, verdict.Reason);
                    return null;
                default:
                    return verdict;
            }
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    /// <summary>Answers with 503 when no more connections are taken.</summary>
    private async Task<bool> HasRoomAsync(HttpContext context, OcppStationAccount station)
    {
        if (_stations.HasRoomFor(station.Identity))
        {
            return true;
        }

        context.Response.Headers.RetryAfter = RetryAfterFull.ToString(CultureInfo.InvariantCulture);
        await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "No more connections are accepted.");
        return false;
    }

    private async Task<ConnectedStation?> AcceptAsync(
        HttpContext context,
        string identity,
        OcppSecurityProfile? profile,
        X509Certificate2? certificate
    )
    {
        // The station's order of preference decides.
        string? subprotocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(offered =>
            _handlers.Protocols.Any(ours => ours.Subprotocol == offered)
        );
        WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(AcceptContext(subprotocol));
        var http = new HttpConnection(context, socket);
        OcppSession? session = null;
        ConnectedStation? running = null;
        try
        {
            if (subprotocol is null)
            {
                // Part 4, section 3.3: the handshake is completed without the header, then the connection is closed.
                LogRefusal(context, identity, (int)WebSocketCloseStatus.ProtocolError, "No common subprotocol.");
                await _stations.CloseAsync(
                    identity,
                    drop => CloseAsync(socket, WebSocketCloseStatus.ProtocolError, "No common subprotocol.", drop)
                );
                return null;
            }

            var connection = new OcppConnection
            {
                ConnectedAt = _session.TimeProvider.GetUtcNow(),
                SecurityProfile = profile,
                IsEncrypted = context.Request.IsHttps,
                ClientCertificate = profile == OcppSecurityProfile.ClientCertificate ? certificate : null,
                RemoteEndPoint = StationLookup.RemoteEndPointOf(context),
                Feature = http,
            };
            OcppSessionOptions options = _options.SessionFor?.Invoke(identity, _session) ?? _session;
            session = new OcppSession(socket, _handlers, identity, options, connection);
            var station = new ConnectedStation(session);
            if (await _stations.TryRunAsync(station, context.RequestAborted) is { } refusal)
            {
                await CloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable, refusal, context.RequestAborted);
                session.Abort(refusal);
                return null;
            }

            return running = station;
        }
        finally
        {
            if (running is null)
            {
                // Before the request is over: other code may have the session already, and abort it later.
                if (session is not null)
                {
                    await session.DisposeAsync();
                }

                http.End();
            }
        }
    }

    private WebSocketAcceptContext AcceptContext(string? subprotocol) =>
        new()
        {
            SubProtocol = subprotocol,
            DangerousEnableCompression = _options.UseCompression,
            DisableServerContextTakeover = true,
            KeepAliveInterval = _options.KeepAliveInterval,
#if NET9_0_OR_GREATER
            KeepAliveTimeout = _options.KeepAliveTimeout,
#endif
        };

    /// <summary>Closes a connection that gets no session.</summary>
    private async Task CloseAsync(
        WebSocket socket,
        WebSocketCloseStatus status,
        string description,
        CancellationToken drop
    )
    {
        using var limit = new CancellationTokenSource(_session.CloseTimeout, _session.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, drop);
        try
        {
            await socket.CloseAsync(status, description, either.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The reason was sent to the station; whether it answers makes no difference.
            socket.Abort();
        }
    }

    /// <summary>
    /// A00.FR.407: an invalid client certificate ends the connection, and gets no answer that would ask for a password.
    /// </summary>
    private void Cut(HttpContext context, string identity, string reason)
    {
        LogRefusal(context, identity, null, reason);

        // HTTP/2 would end the one stream only.
        context.Features.Get<IConnectionLifetimeFeature>()?.Abort();
        context.Abort();
    }

    private async Task RefuseAsync(HttpContext context, int status, string reason)
    {
        LogRefusal(context, StationLookup.IdentityOf(context), status, reason);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(reason);
    }

    private void LogRefusal(HttpContext context, string? identity, int? status, string reason)
    {
        if (OcppIdentity.IsValid(identity))
        {
            string outcome = status?.ToString(CultureInfo.InvariantCulture) ?? "cut";
            OcppEndpointLog.Refused(_logger, identity!, outcome, reason, StationLookup.RemoteEndPointOf(context));
        }
    }
}
