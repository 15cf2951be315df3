using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Ocpp.AspNetCore.Handlers;

namespace Ocpp.AspNetCore;

/// <summary>What handlers of an endpoint know of the HTTP request with which the station connected.</summary>
public static class OcppHttpExtensions
{
    /// <summary>The HTTP request with which the station connected.</summary>
    /// <returns>
    /// <see langword="null"/> after the end of the connection, and for a session that is not of an endpoint. Not to be
    /// kept: it ends with the connection.
    /// </returns>
    public static HttpContext? GetHttpContext(this OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Session.GetHttpContext();
    }

    /// <inheritdoc cref="GetHttpContext(OcppRequestContext)"/>
    public static HttpContext? GetHttpContext(this OcppSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return HttpConnection.Of(session)?.Context;
    }

    /// <summary>The user as which the station authenticated, also after the end of the connection.</summary>
    /// <returns>
    /// <see langword="null"/> for a session that is not of an endpoint. Anonymous if the station gave no credentials.
    /// </returns>
    public static ClaimsPrincipal? GetUser(this OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Session.GetUser();
    }

    /// <inheritdoc cref="GetUser(OcppRequestContext)"/>
    public static ClaimsPrincipal? GetUser(this OcppSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return HttpConnection.Of(session)?.User;
    }
}
