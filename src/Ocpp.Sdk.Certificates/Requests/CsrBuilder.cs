using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Requests;

/// <summary>
/// Makes the CSRs of a station as OCPP wants them: RFC 2986 in PEM (A02.FR.03), signed with SHA-256 (A00.FR.506), O the
/// owner's organisation (A00.FR.509), CN the serial number (A00.FR.511), and no extension at all, so no extended key
/// usage either (A00.FR.514): what the certificate may be used for is the certificate authority's to say.
/// </summary>
public static class CsrBuilder
{
    /// <summary>Makes a CSR for the certificate with which a station connects to its CSMS.</summary>
    /// <param name="key">The key, which signs the CSR.</param>
    /// <param name="organization">Who the station belongs to; 1 to 64 characters.</param>
    /// <param name="serialNumber">The station's serial number, never a URL or an IP address; 1 to 64
    /// characters.</param>
    /// <returns>The CSR in PEM, at most 5500 characters.</returns>
    /// <exception cref="ArgumentException">
    /// A name is empty, too long or of a forbidden form, or the key is so long that the CSR would not fit into OCPP.
    /// </exception>
    public static string Build(IStationKey key, string organization, string serialNumber) =>
        Build(key, new CertificateSubject { Organization = organization, CommonName = serialNumber });

    /// <summary>Makes a CSR for any subject, such as that of a V2G certificate.</summary>
    /// <param name="key">The key, which signs the CSR.</param>
    /// <param name="subject">Who the certificate is for.</param>
    /// <returns>The CSR in PEM, at most 5500 characters.</returns>
    /// <exception cref="ArgumentException">
    /// A value is empty, too long or of a forbidden form, or the key is so long that the CSR would not fit into OCPP.
    /// </exception>
    public static string Build(IStationKey key, CertificateSubject subject) =>
        Build(key, subject, CertificateSigningRequest.MaxLength);

    /// <summary>Makes a CSR that is no longer than a version of OCPP can carry.</summary>
    internal static string Build(IStationKey key, CertificateSubject subject, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(subject);
        var request = new CertificateRequest(subject.Encode(), key.PublicKey, HashAlgorithmName.SHA256);
        string pem = PemEncoding.WriteString(
            CertificateSigningRequest.PemLabel,
            request.CreateSigningRequest(key.SignatureGenerator)
        );
        return pem.Length <= maxLength
            ? pem
            : throw new ArgumentException(
                $"The CSR has {pem.Length} characters; OCPP carries {maxLength}.",
                nameof(key)
            );
    }
}
