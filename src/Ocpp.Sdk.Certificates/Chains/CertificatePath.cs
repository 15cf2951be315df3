using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Chains;

/// <summary>
/// The path from a certificate to a trust anchor through the certificates that were sent: names match (RFC 5280 section
/// 7.1) and signatures verify. The path may end before the last certificate; of several issuers, one that is valid is
/// preferred. <see cref="X509Chain"/> validates the path.
/// </summary>
internal sealed class CertificatePath
{
    private CertificatePath(IReadOnlyList<ChainCertificate> certificates, ChainCertificate? anchor)
    {
        Certificates = certificates;
        Anchor = anchor;
    }

    /// <summary>From the certificate to the one that the anchor issued. Without an anchor: as far as it goes.</summary>
    public IReadOnlyList<ChainCertificate> Certificates { get; }

    /// <summary>The anchor; <see langword="null"/> if the path leads to none.</summary>
    public ChainCertificate? Anchor { get; }

    /// <summary>Looks for the shortest path of authorities that are all valid, then for any.</summary>
    /// <param name="leaf">Where it begins.</param>
    /// <param name="sent">What may be on the way, in any order; other certificates among it are left out.</param>
    /// <param name="anchors">Where it may end.</param>
    /// <param name="now">When the certificates should be valid.</param>
    public static CertificatePath Find(
        ChainCertificate leaf,
        IReadOnlyCollection<ChainCertificate> sent,
        IReadOnlyCollection<ChainCertificate> anchors,
        DateTimeOffset now
    )
    {
        CertificatePath best = Search(leaf, [.. sent.Where(one => one.IsAuthority && one.IsValidAt(now))], anchors);
        if (best.Anchor?.IsValidAt(now) == true)
        {
            return best;
        }

        CertificatePath any = Search(leaf, sent, anchors);
        return any.Anchor is not null || any.Certificates.Count > best.Certificates.Count ? any : best;
    }

    /// <summary>
    /// Validates a path with an anchor offline, with all constraints: <see cref="X509ChainStatusFlags.NoError"/> if it
    /// holds.
    /// </summary>
    public X509ChainStatusFlags Validate(DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Anchor!.Certificate);
        chain.ChainPolicy.ExtraStore.AddRange(Certificates.Select(one => one.Certificate).ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true; // not from an address in a certificate not trusted yet
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        bool holds = chain.Build(Certificates[0].Certificate);
        X509ChainStatusFlags flags = chain.ChainStatus.Aggregate(
            X509ChainStatusFlags.NoError,
            (all, status) => all | status.Status
        );
        foreach (X509ChainElement element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return holds ? X509ChainStatusFlags.NoError
            : flags == X509ChainStatusFlags.NoError ? X509ChainStatusFlags.PartialChain
            : flags;
    }

    // Breadth first, each certificate once: what a peer sends can't make it long.
    private static CertificatePath Search(
        ChainCertificate leaf,
        IReadOnlyCollection<ChainCertificate> sent,
        IReadOnlyCollection<ChainCertificate> anchors
    )
    {
        List<ChainCertificate> unused =
        [
            .. sent.Where(one => !one.IsSame(leaf)).OrderByDescending(one => one.NotAfter),
        ];
        var before = new Dictionary<ChainCertificate, ChainCertificate>(ReferenceEqualityComparer.Instance);
        var next = new Queue<ChainCertificate>([leaf]);
        ChainCertificate last = leaf;
        while (next.TryDequeue(out ChainCertificate? current))
        {
            last = current;
            if (
                anchors.OrderByDescending(one => one.NotAfter).FirstOrDefault(one => IsIssuer(one, current)) is
                { } anchor
            )
            {
                return new CertificatePath(Back(current), anchor);
            }

            foreach (ChainCertificate issuer in unused.Where(one => IsIssuer(one, current)).ToArray())
            {
                unused.RemoveAll(one => ReferenceEquals(one, issuer));
                before[issuer] = current;
                next.Enqueue(issuer);
            }
        }

        return new CertificatePath(Back(last), anchor: null);

        List<ChainCertificate> Back(ChainCertificate end)
        {
            var path = new List<ChainCertificate> { end };
            while (before.TryGetValue(path[^1], out ChainCertificate? issued))
            {
                path.Add(issued);
            }

            path.Reverse();
            return path;
        }
    }

    private static bool IsIssuer(ChainCertificate issuer, ChainCertificate certificate) =>
        certificate.NamesIssuer(issuer) && certificate.IsSignedBy(issuer);
}
