using System.Security.Cryptography.X509Certificates;
using Ocpp.V201;

namespace Csms;

/// <summary>A certificate that a station was promised.</summary>
/// <param name="Identity">The station.</param>
/// <param name="Subject">The subject of its CSR.</param>
/// <param name="PublicKey">The key of its CSR.</param>
/// <param name="CertificateType">The use that it asked for; the answer repeats it (A02.FR.14).</param>
public sealed record CertificateOrder(
    string Identity, X500DistinguishedName Subject, PublicKey PublicKey, CertificateSigningUseEnumType? CertificateType);
