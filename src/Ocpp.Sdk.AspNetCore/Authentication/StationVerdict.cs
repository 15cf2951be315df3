using System.Security.Claims;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>What <see cref="StationAuthentication"/> says of a station that connects.</summary>
/// <param name="Kind">Whether it is let in, or how it is refused.</param>
/// <param name="Reason">Why it is refused, as a sentence; empty if it is let in.</param>
internal sealed record StationVerdict(StationVerdictKind Kind, string Reason = "")
{
    /// <summary>
    /// The security profile by which the station has authenticated; <see langword="null"/> if it need not.
    /// </summary>
    public OcppSecurityProfile? Profile { get; init; }

    /// <summary>Who it has shown to be.</summary>
    public ClaimsPrincipal? User { get; init; }
}
