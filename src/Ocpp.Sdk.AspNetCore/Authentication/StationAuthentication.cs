using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Ocpp.AspNetCore;

/// <summary>The security profiles of an endpoint, by ASP.NET Core's authentication.</summary>
/// <param name="required">Those that are required; without, each will do.</param>
internal sealed class StationAuthentication(IReadOnlyList<OcppSecurityProfile>? required)
{
    private readonly IReadOnlyList<OcppSecurityProfile> _profiles = required ?? Enum.GetValues<OcppSecurityProfile>();

    /// <returns>Who the station has shown to be; <see langword="null"/> when it has not.</returns>
    public async Task<ClaimsPrincipal?> AuthenticateAsync(HttpContext context)
    {
        foreach (string scheme in SchemesOf(context))
        {
            AuthenticateResult result = await context.AuthenticateAsync(scheme);
            if (result.Succeeded)
            {
                return result.Principal;
            }
        }

        return null;
    }

    /// <summary>Whether a station need not show who it is.</summary>
    public bool AllowsAnonymous(OcppStation station) => required is null && station.AllowAnonymous;

    /// <summary>Asks for what is missing: 401 where a password would help, 403 where only another connection does.</summary>
    public Task ChallengeAsync(HttpContext context) => context.ChallengeAsync(SchemesOf(context).LastOrDefault(OcppAuthenticationSchemes.Certificate));

    /// <summary>What can be shown over this connection, the certificate first.</summary>
    private IEnumerable<string> SchemesOf(HttpContext context)
    {
        if (context.Request.IsHttps && _profiles.Contains(OcppSecurityProfile.ClientCertificate))
        {
            yield return OcppAuthenticationSchemes.Certificate;
        }

        if (_profiles.Contains(OcppSecurityProfile.Basic) || (context.Request.IsHttps && _profiles.Contains(OcppSecurityProfile.TlsBasic)))
        {
            yield return OcppAuthenticationSchemes.Basic;
        }
    }
}
