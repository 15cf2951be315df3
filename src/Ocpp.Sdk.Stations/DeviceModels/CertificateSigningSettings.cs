namespace Ocpp.Stations.DeviceModels;

/// <summary>What a CSMS can set of a station's certificate signing (part 2, A02).</summary>
/// <param name="OrganizationName">The operator, which is the O of the station's certificates (A00.FR.509).</param>
/// <param name="CertSigningWaitMinimum">
/// How long the station waits until it repeats a request for a certificate; doubled each time (A02.FR.17, A02.FR.18).
/// </param>
/// <param name="CertSigningRepeatTimes">How many times it repeats the request (A02.FR.19).</param>
public sealed record CertificateSigningSettings(
    string OrganizationName,
    TimeSpan CertSigningWaitMinimum,
    int CertSigningRepeatTimes
)
{
    /// <summary>The longest O that a certificate has (RFC 5280, appendix A.1).</summary>
    internal const int MaxOrganizationNameLength = 64;
}
