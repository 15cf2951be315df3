using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Chains;

/// <summary>
/// The way from a certificate to a trust anchor through what was sent: names fit (RFC 5280 section 7.1) and
/// signatures verify. The anchor may be reached before the end of what was sent; of several issuers one that is valid
/// is taken. Whether the path holds is for <see cref="X509Chain"/> to say.
/// </summary>
internal sealed class CertificatePath
{
    private CertificatePath(IReadOnlyList<X509Certificate2> certificates, X509Certificate2? anchor)
    {
        Certificates = certificates;
        Anchor = anchor;
    }

    /// <summary>From the certificate to the one that the anchor issued. Without an anchor: as far as it goes.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; }

    /// <summary>The anchor; <see langword="null"/> if the path leads to none.</summary>
    public X509Certificate2? Anchor { get; }

    /// <summary>Looks for the shortest path of authorities that are all valid, then for any.</summary>
    /// <param name="leaf">Where it begins.</param>
    /// <param name="sent">What may be on the way, in any order; other certificates among it are left out.</param>
    /// <param name="anchors">Where it may end.</param>
    /// <param name="now">When the certificates should be valid.</param>
    /// <exception cref="CryptographicException">An extension can't be read.</exception>
    public static CertificatePath Find(
        X509Certificate2 leaf,
        IReadOnlyCollection<X509Certificate2> sent,
        IReadOnlyCollection<X509Certificate2> anchors,
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

    // Breadth first, each certificate once: what a peer sends can't make it long.
    private static CertificatePath Search(
        X509Certificate2 leaf,
        IReadOnlyCollection<X509Certificate2> sent,
        IReadOnlyCollection<X509Certificate2> anchors
    )
    {
        List<X509Certificate2> unused =
        [
            .. sent.Where(one => !IsSame(one, leaf)).OrderByDescending(one => one.NotAfter),
        ];
        var before = new Dictionary<X509Certificate2, X509Certificate2>(ReferenceEqualityComparer.Instance);
        var next = new Queue<X509Certificate2>([leaf]);
        X509Certificate2 last = leaf;
        while (next.TryDequeue(out X509Certificate2? current))
        {
            last = current;
            if (
                anchors.OrderByDescending(one => one.NotAfter).FirstOrDefault(one => IsIssuer(one, current)) is
                { } anchor
            )
            {
                return new CertificatePath(Back(current), anchor);
            }

            foreach (X509Certificate2 issuer in unused.Where(one => IsIssuer(one, current)).ToArray())
            {
                unused.RemoveAll(one => ReferenceEquals(one, issuer));
                before[issuer] = current;
                next.Enqueue(issuer);
            }
        }

        return new CertificatePath(Back(last), anchor: null);

        List<X509Certificate2> Back(X509Certificate2 end)
        {
            var path = new List<X509Certificate2> { end };
            while (before.TryGetValue(path[^1], out X509Certificate2? issued))
            {
                path.Add(issued);
            }

            path.Reverse();
            return path;
        }
    }

    public static bool IsSame(X509Certificate2 one, X509Certificate2 other) =>
        one.RawData.AsSpan().SequenceEqual(other.RawData);

    private static bool IsIssuer(X509Certificate2 issuer, X509Certificate2 certificate) =>
        certificate.NamesIssuer(issuer) && certificate.IsSignedBy(issuer);
}
