using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Chains;

/// <summary>A certificate that a station asked for and does not have yet.</summary>
/// <param name="KeyId">The key that it is to be for.</param>
/// <param name="Organization">The O that the CSR asked for.</param>
/// <param name="CommonName">The CN that the CSR asked for: the station's serial number, or the SECC id.</param>
public sealed record PendingCertificate(PublicKeyId KeyId, string Organization, string CommonName);
