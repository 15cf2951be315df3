namespace Ocpp.AspNetCore.Authentication;

/// <summary>The order of the security profiles.</summary>
internal static class SecurityProfiles
{
    /// <summary>
    /// Whether a connection is one of a profile: a password that may come without TLS may come with it.
    /// </summary>
    public static bool IsMetBy(this OcppSecurityProfile required, OcppSecurityProfile used) =>
        used == required || (required == OcppSecurityProfile.Basic && used == OcppSecurityProfile.TlsBasic);
}
