using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>What a station has shown: who it is.</summary>
internal static class StationTicket
{
    /// <summary>Why what a station has shown does not count.</summary>
    public const string OtherProfile = "The station must use another security profile.";

    public static AuthenticationTicket Create(string identity, string scheme)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, identity), new(ClaimTypes.Name, identity)];
        return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, scheme)), scheme);
    }
}
