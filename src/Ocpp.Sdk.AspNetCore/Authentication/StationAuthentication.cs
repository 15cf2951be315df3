using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Ocpp.AspNetCore.Stations;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>The security profiles of an endpoint and of its stations, by ASP.NET Core's authentication.</summary>
/// <param name="required">Those that the endpoint demands; without, each will do.</param>
internal sealed class StationAuthentication(IReadOnlyList<OcppSecurityProfile>? required)
{
    /// <summary>Whether every station needs a valid certificate.</summary>
    public bool IsForCertificatesOnly { get; } =
        required?.All(profile => profile == OcppSecurityProfile.ClientCertificate) == true;

    /// <summary>Authenticates a station by the profile that it has to use.</summary>
    /// <param name="context">The request.</param>
    /// <param name="station">What the store knows of the station.</param>
    /// <param name="hasCertificate">Whether it has presented a certificate that can be judged.</param>
    public async Task<StationVerdict> AuthenticateAsync(
        HttpContext context,
        OcppStationAccount station,
        bool hasCertificate
    )
    {
        bool isAnonymous = required is null && station is { AllowAnonymous: true, Profile: null };
        string? reason = null;
        if (hasCertificate && Takes(station, OcppSecurityProfile.ClientCertificate))
        {
            AuthenticateResult result = await context.AuthenticateAsync(OcppAuthenticationSchemes.Certificate);
            if (result.Succeeded)
            {
                return Accept(OcppSecurityProfile.ClientCertificate, result);
            }

            // One whose profile is lower, and may be raised, still has its password.
            if (!isAnonymous && station.Profile is null or OcppSecurityProfile.ClientCertificate)
            {
                return new StationVerdict(
                    StationVerdictKind.Cut,
                    result.Failure?.Message ?? "The certificate is invalid."
                );
            }
        }

        OcppSecurityProfile byPassword = StationLookup.PasswordProfileOf(context);
        bool takesPassword = Takes(station, byPassword);
        if (takesPassword)
        {
            AuthenticateResult result = await context.AuthenticateAsync(OcppAuthenticationSchemes.Basic);
            if (result.Succeeded)
            {
                return Accept(byPassword, result);
            }

            reason = result.Failure?.Message ?? "The password is missing.";
        }

        return isAnonymous ? new StationVerdict(StationVerdictKind.Accepted)
            : takesPassword ? new StationVerdict(StationVerdictKind.Challenged, reason!)
            : new StationVerdict(StationVerdictKind.Forbidden, StationTicket.OtherProfile);
    }

    private static StationVerdict Accept(OcppSecurityProfile profile, AuthenticateResult result) =>
        new(StationVerdictKind.Accepted) { Profile = profile, User = result.Principal };

    private bool Takes(OcppStationAccount station, OcppSecurityProfile profile) =>
        station.Takes(profile) && (required is null || required.Any(one => one.IsMetBy(profile)));
}
