using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Ocpp.AspNetCore;

/// <summary>What a station has shown: who it is.</summary>
internal static class StationTicket
{
    public static AuthenticationTicket Create(string identity, string scheme)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, identity), new(ClaimTypes.Name, identity)];
        return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, scheme)), scheme);
    }
}
