using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Requests;

/// <summary>
/// Makes the CSRs of a station as OCPP requires them: RFC 2986 in PEM (A02.FR.03), signed with SHA-256 (A00.FR.506), O
/// the owner's organisation (A00.FR.509), CN the serial number (A00.FR.511), and no extension at all, so no extended
/// key usage either (A00.FR.514): the certificate authority decides what the certificate may be used for.
/// </summary>
public static class CsrBuilder
{
    /// <summary>Makes a CSR for the certificate with which a station connects to its CSMS.</summary>
    /// <param name="key">The key, which signs the CSR.</param>
    /// <param name="organization">The owner of the station; 1 to 64 characters.</param>
    /// <param name="serialNumber">The station's serial number, never a URL or an IP address; 1 to 64
    /// characters.</param>
    /// <returns>The CSR, which has at most 5500 characters in PEM.</returns>
    /// <exception cref="ArgumentException">
    /// A name is empty, too long or of a forbidden form, or the key is so long that the CSR would not fit into OCPP.
    /// </exception>
    public static CertificateSigningRequest Build(IStationKey key, string organization, string serialNumber) =>
        Build(key, new CertificateSubject { Organization = organization, CommonName = serialNumber });

    /// <summary>Makes a CSR for any subject, such as that of a V2G certificate.</summary>
    /// <param name="key">The key, which signs the CSR.</param>
    /// <param name="subject">The subject.</param>
    /// <returns>The CSR, which has at most 5500 characters in PEM.</returns>
    /// <exception cref="ArgumentException">
    /// A value is empty, too long or of a forbidden form, or the key is so long that the CSR would not fit into OCPP.
    /// </exception>
    public static CertificateSigningRequest Build(IStationKey key, CertificateSubject subject) =>
        Build(key, subject, CertificateSigningRequest.MaxLength);

    /// <summary>Makes a CSR that is not longer than a version of OCPP can carry.</summary>
    internal static CertificateSigningRequest Build(IStationKey key, CertificateSubject subject, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(subject);
        var request = new CertificateRequest(subject.Encode(), key.PublicKey, HashAlgorithmName.SHA256);
        var csr = CertificateSigningRequest.Read(request.CreateSigningRequest(key.SignatureGenerator));
        int length = csr.ToPem().Length;
        return length <= maxLength
            ? csr
            : throw new ArgumentException($"The CSR has {length} characters; OCPP carries {maxLength}.", nameof(key));
    }
}
