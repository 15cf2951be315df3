using System.Security.Cryptography;
using Ocpp.Certificates.Requests;
using Ocpp.V201;
using Samples;

namespace CertificateSigning;

/// <summary>A CSR that was made elsewhere.</summary>
internal static class CsrFile
{
    private const string CsrLabel = "CERTIFICATE REQUEST";

    /// <summary>Reads a CSR out of a file such as <c>openssl req -new</c> writes.</summary>
    /// <exception cref="UsageException">The file can't be read, or holds no CSR that can be sent.</exception>
    public static (string Pem, CertificateSigningRequest Request) Read(string path)
    {
        try
        {
            string pem =
                FindCsr(File.ReadAllText(path))
                ?? throw new UsageException($"{path}: not a CSR in PEM, there is no \"BEGIN {CsrLabel}\" in it.");
            if (pem.Length > SignCertificateRequest.CsrMaxLength)
            {
                throw new UsageException(
                    $"{path}: a CSR of {pem.Length} characters; OCPP carries {SignCertificateRequest.CsrMaxLength}."
                );
            }

            // Whether its signature holds is for the CSMS to judge: so a forged one can be tried on it.
            return CertificateSigningRequest.TryRead(pem, out CertificateSigningRequest? request, out CsrFinding? fault)
                ? (pem, request)
                : throw new UsageException($"{path}: {fault.Reason}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

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
