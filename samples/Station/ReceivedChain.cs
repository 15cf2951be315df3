using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Samples;

namespace Station;

/// <summary>The chain that a CSMS sent in CertificateSigned, and what the station's checks found (A02.FR.06).</summary>
/// <param name="Certificates">The certificates, the station's own first, as far as they can be read.</param>
/// <param name="Problem">What is wrong with the chain; <see langword="null"/> when nothing is.</param>
internal sealed record ReceivedChain(X509Certificate2Collection Certificates, string? Problem)
{
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";

    /// <summary>Reads a chain, and checks it.</summary>
    /// <param name="pem">The chain, as the CSMS sent it.</param>
    /// <param name="key">What the station asked for.</param>
    /// <param name="operatorRoot">
    /// Where the chain has to lead; <see langword="null"/> when the station knows no root: it may lead anywhere then.
    /// </param>
    public static ReceivedChain Read(string pem, StationKey key, X509Certificate2? operatorRoot)
    {
        X509Certificate2Collection chain = [];
        try
        {
            chain.ImportFromPem(pem);
            string? problem = chain.Count == 0
                ? "The chain holds no certificate."
                : CheckCertificate(chain[0], key) ?? CheckTrust(chain, operatorRoot);
            return new ReceivedChain(chain, problem);
        }
        catch (CryptographicException)
        {
            return new ReceivedChain(chain, "The chain can't be read.");
        }
    }

    private static string? CheckCertificate(X509Certificate2 certificate, StationKey key)
    {
        ReadOnlySpan<byte> publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        if (!publicKey.SequenceEqual(key.PublicKey.ExportSubjectPublicKeyInfo()))
        {
            return "The certificate is for a key that the station did not ask for.";
        }

        return certificate.SubjectName.Organization == key.Subject.Organization &&
            certificate.SubjectName.CommonName == key.Subject.CommonName
                ? null
                : "The certificate's subject is not the one that the station asked for.";
    }

    private static string? CheckTrust(X509Certificate2Collection chain, X509Certificate2? operatorRoot)
    {
        using var path = new X509Chain();
        path.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        path.ChainPolicy.ExtraStore.AddRange(chain);
        path.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthenticationOid));
        path.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // this authority publishes no revocations
        path.ChainPolicy.DisableCertificateDownloads = true; // not from an address in a certificate not trusted yet
        if (operatorRoot is null)
        {
            path.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        }
        else
        {
            path.ChainPolicy.CustomTrustStore.Add(operatorRoot);
        }

        // Signatures up to the root, what each certificate may be used for, and that all of them are valid now.
        return path.Build(chain[0])
            ? null
            : $"The chain does not hold: {string.Join(", ", path.ChainStatus.Select(problem => problem.Status))}.";
    }
}
