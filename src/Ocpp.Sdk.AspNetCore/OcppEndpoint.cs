using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ocpp.AspNetCore;

/// <summary>Takes the connections of one <c>MapOcpp</c>.</summary>
internal sealed class OcppEndpoint
{
    private readonly OcppStations _stations;
    private readonly StationLookup _lookup;
    private readonly StationAuthentication _authentication;
    private readonly Dictionary<string, OcppHandlers> _handlers;
    private readonly OcppOptions _options;
    private readonly OcppSessionOptions _session;
    private readonly ILogger _logger;

    public OcppEndpoint(
        OcppEndpointBuilder builder, OcppStations stations, StationLookup lookup, IOptions<OcppOptions> options, ILoggerFactory loggers)
    {
        _stations = stations;
        _lookup = lookup;
        _options = options.Value;
        _authentication = new StationAuthentication(builder.Profiles);
        _handlers = builder.Handlers.ToDictionary(handlers => handlers.Protocol.Subprotocol, StringComparer.Ordinal);
        _logger = loggers.CreateLogger(OcppEndpointLog.Category);
        OcppSessionOptions session = _options.Session;
        _session = session.Logger is NullLogger ? session with { Logger = _logger } : session;
    }

    /// <summary>Answers a request: as a rule, when the connection has ended.</summary>
    public async Task ConnectAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers[HeaderNames.SecWebSocketVersion] = "13";
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is an OCPP endpoint: connect with WebSocket.");
            return;
        }

        string identity = StationLookup.IdentityOf(context)!;
        ClaimsPrincipal? user = await _authentication.AuthenticateAsync(context);
        if (await _lookup.FindAsync(context, identity) is not { } station)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "The identity is unknown.");
        }
        else if (user is null && !_authentication.AllowsAnonymous(station))
        {
            await _authentication.ChallengeAsync(context);
            OcppEndpointLog.Refused(_logger, identity, context.Response.StatusCode, "not authenticated");
        }
        else if (!_stations.HasRoomFor(identity))
        {
            context.Response.Headers.RetryAfter = "60";
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "No more connections are taken.");
        }
        else
        {
            context.User = user ?? context.User;
            await AcceptAsync(context, identity, _options.SessionFor?.Invoke(identity, _session) ?? _session);
        }
    }

    private async Task AcceptAsync(HttpContext context, string identity, OcppSessionOptions options)
    {
        OcppHandlers? handlers = context.WebSockets.WebSocketRequestedProtocols
            .Select(offered => _handlers.GetValueOrDefault(offered)).FirstOrDefault(ours => ours is not null);
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(AcceptContext(handlers?.Protocol.Subprotocol));
        if (handlers is null)
        {
            // Part 4, section 3.3: the handshake is completed without the header, then the connection is closed.
            OcppEndpointLog.Refused(_logger, identity, (int)WebSocketCloseStatus.ProtocolError, "no common subprotocol");
            await CloseAsync(socket, WebSocketCloseStatus.ProtocolError, "No common subprotocol.");
            return;
        }

        var session = new OcppSession(socket, handlers, identity, options);
        if (!await _stations.TryRunAsync(session))
        {
            await CloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable, "No more connections are taken.");
        }
    }

    private WebSocketAcceptContext AcceptContext(string? subprotocol) => new()
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
    private async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string description)
    {
        using var limit = new CancellationTokenSource(_session.CloseTimeout, _session.TimeProvider);
        try
        {
            await socket.CloseAsync(status, description, limit.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The station was told why; that it does not answer changes nothing.
            socket.Abort();
        }
    }

    private async Task RefuseAsync(HttpContext context, int status, string reason)
    {
        if (StationLookup.IdentityOf(context) is { } identity && OcppIdentity.IsValid(identity))
        {
            OcppEndpointLog.Refused(_logger, identity, status, reason);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(reason);
    }
}
