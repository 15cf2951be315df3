using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Ocpp.AspNetCore.Handlers;

/// <summary>The HTTP request that a connection began with, and the WebSocket that it became.</summary>
internal sealed class HttpConnection(HttpContext context, WebSocket socket)
{
    private volatile HttpContext? _context = context;

    /// <summary>Not by <see cref="HttpContext.User"/>, which makes one for each request that has none.</summary>
    private ClaimsPrincipal? _user = context.Features.Get<IHttpAuthenticationFeature>()?.User;

    /// <summary>
    /// <see langword="null"/> after the end of the connection: the server uses the object for other requests then.
    /// </summary>
    public HttpContext? Context => _context;

    /// <summary>The user of the request; an anonymous one if it had none.</summary>
    public ClaimsPrincipal User =>
        LazyInitializer.EnsureInitialized(ref _user, static () => new ClaimsPrincipal(new ClaimsIdentity()));

    /// <summary>What a session of an endpoint has of its request; no other session has.</summary>
    public static HttpConnection? Of(OcppSession session) => session.Connection.Feature as HttpConnection;

    /// <summary>Lets the request and the WebSocket go.</summary>
    public void End()
    {
        _context = null;
        socket.Dispose();
    }
}
