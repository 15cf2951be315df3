using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Requests;
using Ocpp.Security;

namespace Ocpp.Certificates.Chains;

/// <summary>
/// Checks the chains that a station receives in CertificateSigned (A02.FR.06): every certificate is valid now, key and
/// subject are those of a CSR of the station, and the chain leads to the operator's root. It works offline, and trusts
/// only the roots that it was given. Certificates that do not lead to a root are left out, and the order of the
/// certificates does not matter; both are reported (<see cref="ChainVerification.Deviations"/>).
/// </summary>
/// <remarks>
/// Thread-safe. Revocation is not checked, because the certificate has just been issued.
/// </remarks>
public sealed class ChainVerifier
{
    private readonly ChainCertificate[] _roots;
    private readonly TimeProvider _clock;

    /// <summary>Verifies against the operator's roots.</summary>
    /// <param name="roots">The roots that the station trusts: usually one, two while the operator changes it.</param>
    /// <param name="timeProvider">The clock. Defaults to that of the system.</param>
    /// <exception cref="ArgumentException">There is no root.</exception>
    /// <exception cref="CryptographicException">An extension of a root can't be read.</exception>
    public ChainVerifier(X509Certificate2Collection roots, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(roots);
        _roots =
            roots.Count > 0
                ? [.. roots.Select(root => new ChainCertificate(root))]
                : throw new ArgumentException("Without a root no chain can be accepted.", nameof(roots));
        _clock = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// MaxCertificateChainSize of the device model: the longest chain, in characters (A02.FR.16). Defaults to 10000.
    /// </summary>
    public int MaxChainSize { get; init; } = CertificateChain.MaxSize;

    /// <summary>
    /// The OIDs of the extended key usages that the certificate must allow. Defaults to TLS client authentication,
    /// which a station needs; may be empty.
    /// </summary>
    public IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [ExtendedKeyUsageOids.ClientAuthentication];

    /// <summary>Reads and checks a chain.</summary>
    /// <param name="certificateChain">The chain in PEM, as the CSMS sent it.</param>
    /// <param name="pending">
    /// The CSRs of all certificates that the station waits for. The key of a chain decides which of them it is for.
    /// </param>
    public ChainVerification Verify(string certificateChain, IReadOnlyCollection<CertificateSigningRequest> pending)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        return CertificateChain.TryRead(certificateChain, out CertificateChain? chain)
            ? Verify(chain, pending)
            : RefuseUnreadable(certificateChain);
    }

    /// <summary>Checks a chain that has been read.</summary>
    internal ChainVerification Verify(CertificateChain chain, IReadOnlyCollection<CertificateSigningRequest> pending)
    {
        ArgumentNullException.ThrowIfNull(pending);
        if (CheckSize(chain.Pem) is { } tooLong)
        {
            return tooLong;
        }

        // The station's own certificate comes first; otherwise its key identifies it.
        IReadOnlyList<ChainCertificate> sent = chain.Links;
        ChainCertificate leaf = sent.FirstOrDefault(one => Find(one, pending) is not null) ?? sent[0];
        CertificateSigningRequest? request = Find(leaf, pending);
        var path = CertificatePath.Find(leaf, sent, _roots, _clock.GetUtcNow());
        return CheckLeaf(leaf, request)
            ?? CheckValidity(path.Certificates)
            ?? CheckEnd(path, sent)
            ?? CheckTrust(path)
            ?? ChainVerification.Accept(
                request!,
                path.Certificates.SequenceEqual(sent) ? chain : CertificateChain.Create(path.Certificates),
                Deviations(path, sent)
            );
    }

    /// <summary>Refuses a text that is not a chain.</summary>
    internal ChainVerification RefuseUnreadable(string certificateChain) =>
        CheckSize(certificateChain)
        ?? ChainVerification.Refuse(ChainFault.Unreadable, "The chain is not certificates in PEM.");

    private ChainVerification? CheckSize(string pem) =>
        pem.Length > MaxChainSize
            ? ChainVerification.Refuse(
                ChainFault.TooLong,
                $"The chain has {pem.Length} characters; at most {MaxChainSize} are allowed."
            )
            : null;

    private static CertificateSigningRequest? Find(
        ChainCertificate certificate,
        IReadOnlyCollection<CertificateSigningRequest> pending
    ) => pending.FirstOrDefault(one => one.KeyId == certificate.KeyId);

    private static ChainVerification? CheckLeaf(ChainCertificate certificate, CertificateSigningRequest? request)
    {
        if (request is null)
        {
            return ChainVerification.Refuse(
                ChainFault.UnknownKey,
                "The certificate is for a key that the station did not ask for."
            );
        }

        if (
            !SubjectName.AreEqual(certificate.Subject?.Organization, request.Subject.Organization)
            || !SubjectName.AreEqual(certificate.Subject?.CommonName, request.Subject.CommonName)
        )
        {
            return ChainVerification.Refuse(
                ChainFault.Subject,
                "The certificate's subject is not the one that the station asked for."
            );
        }

        return certificate.IsAuthority
            ? ChainVerification.Refuse(ChainFault.Authority, "The certificate belongs to a certificate authority.")
            : null;
    }

    // X509Chain checks it too, but reports neither which certificate it is nor whether it is too early or too late.
    private ChainVerification? CheckValidity(IReadOnlyList<ChainCertificate> certificates)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        for (int i = 0; i < certificates.Count; i++)
        {
            if (certificates[i].IsValidAt(now))
            {
                continue;
            }

            return now < certificates[i].NotBefore
                ? ChainVerification.Refuse(
                    ChainFault.NotYetValid,
                    $"Certificate {i + 1} of the chain is not valid yet."
                )
                : ChainVerification.Refuse(ChainFault.Expired, $"Certificate {i + 1} of the chain has expired.");
        }

        return null;
    }

    // Distinguishes why a chain does not lead to a root: X509Chain has one status for all reasons.
    private ChainVerification? CheckEnd(CertificatePath path, IReadOnlyList<ChainCertificate> sent)
    {
        if (path.Anchor is not null)
        {
            return null;
        }

        ChainCertificate last = path.Certificates[^1];
        if (sent.Any(one => !one.IsSame(last) && last.NamesIssuer(one) && !last.IsSignedBy(one)))
        {
            return ChainVerification.Refuse(ChainFault.Broken, "A signature of the chain does not verify.");
        }

        return last.IsAuthority || Array.Exists(_roots, last.NamesIssuer)
            ? ChainVerification.Refuse(ChainFault.WrongRoot, "The chain does not lead to the operator's root.")
            : ChainVerification.Refuse(
                ChainFault.MissingIntermediate,
                "The chain has no certificate of the issuer, which is not the operator's root."
            );
    }

    private ChainVerification? CheckTrust(CertificatePath path)
    {
        X509ChainStatusFlags flags = path.Validate(_clock.GetUtcNow());
        if (flags != X509ChainStatusFlags.NoError)
        {
            return (flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0
                ? ChainVerification.Refuse(ChainFault.WrongRoot, "The chain does not lead to the operator's root.")
                : ChainVerification.Refuse(ChainFault.Broken, $"The chain does not hold: {flags}.");
        }

        return AllowsUsages(path.Certificates[0].Certificate)
            ? null
            : ChainVerification.Refuse(ChainFault.Usage, "The certificate does not allow the use that it is for.");
    }

    /// <summary>
    /// What a CSMS should send otherwise (the leaf first, each followed by its issuer), as sentences.
    /// </summary>
    private static List<string> Deviations(CertificatePath path, IReadOnlyList<ChainCertificate> sent)
    {
        var deviations = new List<string>();
        ChainCertificate[] ofUse = [.. sent.Where(one => path.Certificates.Append(path.Anchor!).Any(one.IsSame))];
        bool isInOrder = ofUse.Zip(path.Certificates).All(pair => pair.First.IsSame(pair.Second));
        if (!isInOrder)
        {
            deviations.Add("The certificates of the chain came in another order than each followed by its issuer's.");
        }

        if (ofUse.Length < sent.Count)
        {
            deviations.Add(
                $"Certificates that do not lead to the operator's root were left out: {sent.Count - ofUse.Length}."
            );
        }

        return deviations;
    }

    // No such extension means any usage (RFC 5280 section 4.2.1.12).
    private bool AllowsUsages(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Select(extension => extension.EnhancedKeyUsages.Cast<Oid>().Select(usage => usage.Value).ToArray())
            .All(allowed =>
                allowed.Contains(ExtendedKeyUsageOids.Any) || ExtendedKeyUsages.All(usage => allowed.Contains(usage))
            );
}
