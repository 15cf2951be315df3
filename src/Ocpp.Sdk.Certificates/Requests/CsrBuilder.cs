using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.V201;

namespace Ocpp.Certificates;

/// <summary>
/// Makes the CSRs of a station as OCPP wants them: RFC 2986 in PEM (A02.FR.03), signed with SHA-256 (A00.FR.506), O the
/// owner's organisation (A00.FR.509), CN the serial number (A00.FR.511), and no extension at all, so no extended key
/// usage either (A00.FR.514): what the certificate may be used for is the certificate authority's to say.
/// </summary>
public static class CsrBuilder
{
    /// <summary>Makes a CSR for a key.</summary>
    /// <param name="key">The key, which signs the CSR.</param>
    /// <param name="organization">Who the station belongs to; 1 to 64 characters.</param>
    /// <param name="serialNumber">The station's serial number, never a URL or an IP address; 1 to 64 characters.</param>
    /// <returns>The CSR in PEM, at most 5500 characters.</returns>
    /// <exception cref="ArgumentException">
    /// A name is empty, too long or of a forbidden form, or the key is so long that the CSR would not fit into OCPP.
    /// </exception>
    public static string Build(IStationKey key, string organization, string serialNumber)
    {
        ArgumentNullException.ThrowIfNull(key);
        CheckNames(organization, serialNumber);
        var request = new CertificateRequest(
            SubjectName.Build(organization, serialNumber), key.PublicKey, HashAlgorithmName.SHA256);
        string pem = PemEncoding.WriteString(
            CertificateSigningRequest.PemLabel, request.CreateSigningRequest(key.SignatureGenerator));
        return pem.Length <= SignCertificateRequest.CsrMaxLength
            ? pem
            : throw new ArgumentException(
                $"The CSR has {pem.Length} characters; OCPP carries {SignCertificateRequest.CsrMaxLength}.", nameof(key));
    }

    /// <summary>Whether both can stand in a subject.</summary>
    /// <exception cref="ArgumentException">A name is empty, too long or of a forbidden form.</exception>
    internal static void CheckNames(string organization, string serialNumber)
    {
        CheckName(organization, nameof(organization));
        CheckName(serialNumber, nameof(serialNumber));
        if (SubjectName.IsUrlOrIpAddress(serialNumber))
            throw new ArgumentException("A URL or an IP address is no serial number (A00.FR.511).", nameof(serialNumber));
    }

    private static void CheckName(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        if (name.Length > SubjectName.MaxLength)
            throw new ArgumentException($"{name.Length} characters; a subject takes {SubjectName.MaxLength}.", parameter);
    }
}
