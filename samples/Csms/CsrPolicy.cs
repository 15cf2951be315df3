using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Samples;

namespace Csms;

/// <summary>What a CSMS asks of a CSR before a certificate authority gets to see it.</summary>
internal static class CsrPolicy
{
    private const int MinEcKeySize = 224; // bits, A00.FR.503
    private const int MinRsaKeySize = 2048; // bits, A00.FR.502

    /// <summary>Reads a CSR, and checks it.</summary>
    /// <param name="pem">The CSR, as the station sent it.</param>
    /// <param name="operatorName">Who the station must belong to.</param>
    /// <param name="identity">Which station sent it. In this CSMS that is its serial number, too.</param>
    /// <param name="csr">
    /// The CSR, without the extensions that it asks for, when the result is <see langword="true"/>.
    /// </param>
    /// <param name="refusal">Why not, when the result is <see langword="false"/>.</param>
    public static bool TryAccept(
        string pem,
        string operatorName,
        string identity,
        [NotNullWhen(true)] out CertificateRequest? csr,
        [NotNullWhen(false)] out string? refusal)
    {
        try
        {
            // Verifies the CSR's signature, which shows that whoever made it has the private key.
            csr = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
            refusal = Check(csr, operatorName, identity);
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            csr = null;
            refusal = "The CSR can't be read, or its signature does not verify.";
        }

        return refusal is null;
    }

    private static string? Check(CertificateRequest csr, string operatorName, string identity)
    {
        if (!HasStrongKey(csr.PublicKey))
        {
            return $"The key is neither RSA of {MinRsaKeySize} bits or more nor EC of {MinEcKeySize} on a named curve.";
        }

        if (csr.SubjectName.Organization != operatorName)
        {
            return "The subject's O is not the operator's name."; // A00.FR.509
        }

        // A00.FR.511. Without this check a station could get the certificate of another one.
        return OcppIdentity.Comparer.Equals(csr.SubjectName.CommonName, identity)
            ? null
            : "The subject's CN is not the station's serial number.";
    }

    private static bool HasStrongKey(PublicKey key)
    {
        using ECDsa? ec = key.GetECDsaPublicKey();
        using RSA? rsa = key.GetRSAPublicKey();

        // A key that spells out its curve is refused (RFC 5480 section 2.1.1): a forged curve can look strong.
        return rsa?.KeySize >= MinRsaKeySize ||
            (ec?.KeySize >= MinEcKeySize && ec.ExportParameters(includePrivateParameters: false).Curve.IsNamed);
    }
}
