using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Ocsp;

/// <summary>
/// Who may sign the status of a certificate (RFC 6960 section 4.2.2.2): the certificate's issuer, or a responder whose
/// certificate the issuer has signed for that. The issuer itself must lead to a trusted root, because the hashes of a
/// query can name any issuer.
/// </summary>
internal sealed class OcspTrust(X509Certificate2Collection roots, X509Certificate2Collection intermediates)
{
    private readonly ChainCertificate[] _roots = [.. roots.Select(one => new ChainCertificate(one))];
    private readonly ChainCertificate[] _intermediates = [.. intermediates.Select(one => new ChainCertificate(one))];

    /// <summary>
    /// Returns why a response does not count; <see langword="null"/> if its signer may say what it says.
    /// </summary>
    public OcspResult? Check(OcspResponse response, OcspCertificateId certificate, DateTimeOffset now)
    {
        ChainCertificate[] known = [.. _intermediates, .. response.Certificates];
        ChainCertificate[] issuers =
        [
            .. _roots
                .Concat(known)
                .Where(one => certificate.IsIssuer(one.Certificate) && IsTrustedIssuer(one, known, now)),
        ];
        if (issuers.Length == 0)
        {
            return OcspResult.Failed(
                OcspFailure.UntrustedIssuer,
                "The certificate of the issuer is unknown, or does not lead to a trusted root."
            );
        }

        return issuers
            .Concat(response.Certificates.Where(one => IsDelegate(one, issuers, known, now)))
            .Any(signer => response.NamesResponder(signer) && IsSigned(response, signer))
            ? null
            : OcspResult.Failed(
                OcspFailure.InvalidSignature,
                "The response is not signed by the issuer, or a responder to which the issuer has delegated that."
            );
    }

    private bool IsTrustedIssuer(ChainCertificate issuer, ChainCertificate[] known, DateTimeOffset now) =>
        Array.Exists(_roots, issuer.IsSame)
            ? issuer.IsValidAt(now)
            : issuer.IsAuthority && Holds(CertificatePath.Find(issuer, known, _roots, now), now);

    /// <summary>The issuer itself, and no other authority, must have signed the responder's certificate.</summary>
    private bool IsDelegate(
        ChainCertificate responder,
        ChainCertificate[] issuers,
        ChainCertificate[] known,
        DateTimeOffset now
    )
    {
        if (!IsForOcsp(responder.Certificate))
        {
            return false;
        }

        // The key of the issuer, not its certificate, which an authority may have renewed.
        var path = CertificatePath.Find(responder, known, _roots, now);
        ChainCertificate? above = path.Certificates.Count > 1 ? path.Certificates[1] : path.Anchor;
        return above is not null && Array.Exists(issuers, one => one.KeyId == above.KeyId) && Holds(path, now);
    }

    private static bool Holds(CertificatePath path, DateTimeOffset now) =>
        path.Anchor is not null && path.Validate(now) == X509ChainStatusFlags.NoError;

    private static bool IsForOcsp(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
            .Any(usage => usage.Value == ExtendedKeyUsageOids.OcspSigning);

    private static bool IsSigned(OcspResponse response, ChainCertificate signer)
    {
        SignatureVerification verification = SignatureVerification.Of(
            response.Signed,
            PublicKeyInfo.Of(signer.Certificate.PublicKey).ToPublicKey()
        );
        return verification is { IsValid: true, IsStrong: true };
    }
}
