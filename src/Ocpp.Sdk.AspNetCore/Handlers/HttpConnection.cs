using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Ocpp.AspNetCore.Handlers;

/// <summary>The HTTP request that a connection began with.</summary>
internal sealed class HttpConnection(HttpContext context)
{
    private volatile HttpContext? _context = context;

    /// <summary>
    /// <see langword="null"/> after the end of the connection: the server uses the object for other requests then.
    /// </summary>
    public HttpContext? Context => _context;

    public ClaimsPrincipal User { get; } = context.User;

    public void End() => _context = null;
}
