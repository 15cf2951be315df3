using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Chains;

/// <summary>
/// Checks what a station gets in CertificateSigned (A02.FR.06): now is within the validity of every certificate, the
/// key is one that the station asked for, subject and key fit, and the chain leads to the operator's root. It works
/// offline, and trusts nothing but the roots that it was given. What does not lead to a root is left out, and the
/// order of what was sent does not matter; both are reported (<see cref="ChainVerification.Deviations"/>).
/// </summary>
/// <remarks>
/// It can be used from several threads. Revocation is not checked: nothing can have revoked what was issued just now.
/// </remarks>
public sealed class ChainVerifier
{
    /// <summary>What <see cref="MaxChainSize"/> is where the device model does not say otherwise.</summary>
    public const int DefaultMaxChainSize = 10000;

    private readonly X509Certificate2Collection _roots;
    private readonly TimeProvider _clock;

    /// <summary>Verifies against the operator's roots.</summary>
    /// <param name="roots">What the station trusts: usually one certificate, two while the operator changes it.</param>
    /// <param name="timeProvider">The clock; that of the system by default.</param>
    /// <exception cref="ArgumentException">There is no root.</exception>
    public ChainVerifier(X509Certificate2Collection roots, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(roots);
        _roots =
            roots.Count > 0
                ? [.. roots]
                : throw new ArgumentException("Without a root no chain can be accepted.", nameof(roots));
        _clock = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// MaxCertificateChainSize of the device model: how many characters a chain may have (A02.FR.16). Default 10000.
    /// </summary>
    public int MaxChainSize { get; init; } = DefaultMaxChainSize;

    /// <summary>
    /// The OID of the extended key usage that the certificate must allow. Default: TLS client authentication, as a
    /// station needs it; <see langword="null"/> to leave it to the user of the certificate.
    /// </summary>
    public string? ExtendedKeyUsage { get; init; } = ExtendedKeyUsageOids.ClientAuthentication;

    /// <summary>Checks a chain.</summary>
    /// <param name="certificateChain">The chain in PEM, as the CSMS sent it.</param>
    /// <param name="pending">All certificates that the station waits for: which one has come is told by its
    /// key.</param>
    public ChainVerification Verify(string certificateChain, IReadOnlyCollection<PendingCertificate> pending)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(pending);
        if (certificateChain.Length > MaxChainSize)
        {
            return ChainVerification.Refuse(
                ChainFault.TooLong,
                $"The chain has {certificateChain.Length} characters; at most {MaxChainSize} are allowed."
            );
        }

        if (!CertificateChainText.TryRead(certificateChain, out X509Certificate2Collection? certificates))
        {
            return ChainVerification.Refuse(ChainFault.Unreadable, "The chain is not certificates in PEM.");
        }

        ChainVerification verification = Check(certificates, pending);
        foreach (X509Certificate2 certificate in certificates)
        {
            if (!verification.Certificates.Any(one => ReferenceEquals(one, certificate)))
            {
                certificate.Dispose();
            }
        }

        return verification;
    }

    private ChainVerification Check(X509Certificate2Collection sent, IReadOnlyCollection<PendingCertificate> pending)
    {
        try
        {
            // The station's own certificate comes first; where it does not, its key shows which one it is.
            X509Certificate2 leaf = sent.FirstOrDefault(one => Find(one, pending) is not null) ?? sent[0];
            PendingCertificate? match = Find(leaf, pending);
            var path = CertificatePath.Find(leaf, [.. sent], [.. _roots], _clock.GetUtcNow());
            return CheckLeaf(leaf, match)
                ?? CheckValidity(path.Certificates)
                ?? CheckEnd(path, sent)
                ?? CheckTrust(path)
                ?? ChainVerification.Accept(match!, [.. path.Certificates], Deviations(path, sent));
        }
        catch (CryptographicException)
        {
            // Extensions are not read before they are looked at.
            return ChainVerification.Refuse(ChainFault.Unreadable, "A certificate of the chain can't be read.");
        }
    }

    private static PendingCertificate? Find(
        X509Certificate2 certificate,
        IReadOnlyCollection<PendingCertificate> pending
    )
    {
        PublicKeyId key = PublicKeyId.Of(certificate.PublicKey);
        return pending.FirstOrDefault(one => one.KeyId == key);
    }

    private static ChainVerification? CheckLeaf(X509Certificate2 certificate, PendingCertificate? match)
    {
        if (match is null)
        {
            return ChainVerification.Refuse(
                ChainFault.UnknownKey,
                "The certificate is for a key that the station did not ask for."
            );
        }

        if (
            !SubjectName.TryParse(certificate.SubjectName, out SubjectName? subject, out _)
            || !SubjectName.AreEqual(subject.Organization, match.Organization)
            || !SubjectName.AreEqual(subject.CommonName, match.CommonName)
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

    // X509Chain checks it too, but says neither which certificate nor whether it is too early or too late.
    private ChainVerification? CheckValidity(IReadOnlyList<X509Certificate2> certificates)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        for (int i = 0; i < certificates.Count; i++)
        {
            if (certificates[i].IsValidAt(now))
            {
                continue;
            }

            return now < certificates[i].NotBefore.ToUniversalTime()
                ? ChainVerification.Refuse(
                    ChainFault.NotYetValid,
                    $"Certificate {i + 1} of the chain is not valid yet."
                )
                : ChainVerification.Refuse(ChainFault.Expired, $"Certificate {i + 1} of the chain has expired.");
        }

        return null;
    }

    // Tells the reasons apart why a chain leads to no root, which X509Chain has one word for.
    private ChainVerification? CheckEnd(CertificatePath path, X509Certificate2Collection sent)
    {
        if (path.Anchor is not null)
        {
            return null;
        }

        X509Certificate2 last = path.Certificates[^1];
        if (sent.Any(one => !CertificatePath.IsSame(one, last) && last.NamesIssuer(one) && !last.IsSignedBy(one)))
        {
            return ChainVerification.Refuse(ChainFault.Broken, "A signature of the chain does not verify.");
        }

        return last.IsAuthority || _roots.Any(last.NamesIssuer)
            ? ChainVerification.Refuse(ChainFault.WrongRoot, "The chain does not lead to the operator's root.")
            : ChainVerification.Refuse(
                ChainFault.MissingIntermediate,
                "The chain has no certificate of the issuer, which is not the operator's root."
            );
    }

    private ChainVerification? CheckTrust(CertificatePath path)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(path.Anchor!);
        chain.ChainPolicy.ExtraStore.AddRange(path.Certificates.ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true; // not from an address in a certificate not trusted yet
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().LocalDateTime;
        bool holds = chain.Build(path.Certificates[0]);
        X509ChainStatusFlags flags = chain.ChainStatus.Aggregate(
            X509ChainStatusFlags.NoError,
            (all, status) => all | status.Status
        );
        foreach (X509ChainElement element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        if (!holds)
        {
            return (flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0
                ? ChainVerification.Refuse(ChainFault.WrongRoot, "The chain does not lead to the operator's root.")
                : ChainVerification.Refuse(ChainFault.Broken, $"The chain does not hold: {flags}.");
        }

        return AllowsUsage(path.Certificates[0])
            ? null
            : ChainVerification.Refuse(ChainFault.Usage, "The certificate does not allow the use that it is for.");
    }

    /// <summary>
    /// What a CSMS should send otherwise (the leaf first, each followed by its issuer), as sentences.
    /// </summary>
    private static List<string> Deviations(CertificatePath path, X509Certificate2Collection sent)
    {
        var deviations = new List<string>();
        X509Certificate2[] ofUse =
        [
            .. sent.Where(one =>
                path.Certificates.Append(path.Anchor!).Any(other => CertificatePath.IsSame(one, other))
            ),
        ];
        bool isInOrder = ofUse.Zip(path.Certificates).All(pair => CertificatePath.IsSame(pair.First, pair.Second));
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
    private bool AllowsUsage(X509Certificate2 certificate) =>
        ExtendedKeyUsage is null
        || certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .All(extension =>
                extension
                    .EnhancedKeyUsages.Cast<Oid>()
                    .Any(usage => usage.Value == ExtendedKeyUsageOids.Any || usage.Value == ExtendedKeyUsage)
            );
}
