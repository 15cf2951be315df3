using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.V201;

namespace CertificateSigning;

/// <summary>
/// The key that a station wants a certificate for, and the certificate signing request (CSR) that says so.
/// </summary>
/// <param name="CsrPem">The CSR, RFC 2986 in PEM.</param>
/// <param name="Subject">The subject that the CSR asks for.</param>
/// <param name="PublicKey">The public half.</param>
/// <param name="PrivateKey">
/// The private half, which never leaves the station (A02.FR.05); <see langword="null"/> for a CSR that was made
/// elsewhere.
/// </param>
internal sealed record StationKey(string CsrPem, X500DistinguishedName Subject, PublicKey PublicKey, ECDsa? PrivateKey)
    : IDisposable
{
    private const string CsrLabel = "CERTIFICATE REQUEST";

    /// <summary>Makes a new key pair and its CSR.</summary>
    public static StationKey Create(string operatorName, string serialNumber)
    {
        // The builder puts what is added last in front: O=..., CN=..., from the general to the particular.
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(serialNumber); // A00.FR.511
        subject.AddOrganizationName(operatorName); // A00.FR.509

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        return new StationKey(request.CreateSigningRequestPem(), request.SubjectName, request.PublicKey, key);
    }

    /// <summary>Reads a CSR out of a file such as <c>openssl req -new</c> writes.</summary>
    /// <exception cref="UsageException">The file can't be read, or holds no CSR that can be sent.</exception>
    public static StationKey FromFile(string path)
    {
        try
        {
            string pem = FindCsr(File.ReadAllText(path)) ??
                throw new UsageException($"{path}: not a CSR in PEM, there is no \"BEGIN {CsrLabel}\" in it.");
            if (pem.Length > SignCertificateRequest.CsrMaxLength)
            {
                throw new UsageException(
                    $"{path}: a CSR of {pem.Length} characters; OCPP carries {SignCertificateRequest.CsrMaxLength}.");
            }

            // Whether its signature holds is for the CSMS to judge: so a forged one can be tried on it.
            var request = CertificateRequest.LoadSigningRequestPem(
                pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation);
            return new StationKey(pem, request.SubjectName, request.PublicKey, PrivateKey: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
        catch (CryptographicException e)
        {
            throw new UsageException($"{path}: not a CSR in PEM. {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => PrivateKey?.Dispose();

    // The file may hold more than the CSR: a printout before it, or the private key, which must not be sent.
    private static string? FindCsr(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out PemFields block))
        {
            if (text[block.Label] is CsrLabel)
            {
                return text[block.Location].ToString();
            }

            text = text[block.Location.End..];
        }

        return null;
    }
}
