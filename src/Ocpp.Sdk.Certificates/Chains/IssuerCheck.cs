using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

/// <summary>Whether one certificate was signed with the key of another: names and key ids alone prove nothing.</summary>
internal static class IssuerCheck
{
    /// <summary>Verifies the signature of a certificate with the key of its issuer. Looks neither at time nor at trust.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">The certificate of its issuer.</param>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        using var path = new X509Chain();
        X509ChainPolicy policy = path.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(issuer);
        policy.ExtraStore.Add(issuer);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true; // not from an address in a certificate not trusted yet
        policy.VerificationTime = certificate.NotBefore;
        path.Build(certificate);

        // Built from these two alone: the second one is the issuer, or there is none.
        return path.ChainElements is [var first, var second, ..] &&
            second.Certificate.RawDataMemory.Span.SequenceEqual(issuer.RawDataMemory.Span) &&
            first.ChainElementStatus.All(status => status.Status != X509ChainStatusFlags.NotSignatureValid);
    }
}
