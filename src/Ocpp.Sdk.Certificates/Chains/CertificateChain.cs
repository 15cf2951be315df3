using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Chains;

/// <summary>
/// A certificate chain as OCPP carries it, read once: certificates in PEM one after the other, the leaf first, then the
/// intermediates, each the issuer of the one before. Immutable and thread-safe. The chain owns its certificates: they
/// must not be disposed.
/// </summary>
public sealed class CertificateChain
{
    /// <summary>The longest chain that OCPP can carry, in characters of PEM: 10000 in all versions.</summary>
    public const int MaxSize = 10000;

    private const string PemLabel = "CERTIFICATE";

    // Far more than any operator uses. It bounds the work that a chain can cause.
    private const int MaxCertificates = 10;

    private CertificateChain(string pem, IReadOnlyList<ChainCertificate> links)
    {
        Pem = pem;
        Links = links;
        Certificates = [.. links.Select(link => link.Certificate)];
        Fingerprint = Leaf.GetCertHashString(HashAlgorithmName.SHA256);
    }

    /// <summary>The chain in PEM, as it was read.</summary>
    public string Pem { get; }

    /// <summary>The certificates in the order of the text; at least one.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; }

    /// <summary>The first certificate: the station's own.</summary>
    public X509Certificate2 Leaf => Certificates[0];

    /// <summary>The key of the first certificate.</summary>
    public PublicKeyId KeyId => Links[0].KeyId;

    /// <summary>The subject of the first certificate; <see langword="null"/> if it can't be read.</summary>
    public SubjectName? Subject => Links[0].Subject;

    /// <summary>
    /// The serial number of the first certificate in hexadecimal, by which its certificate authority identifies it.
    /// </summary>
    public string SerialNumber => Leaf.SerialNumber;

    /// <summary>When the first certificate expires.</summary>
    public DateTimeOffset NotAfter => Links[0].NotAfter;

    /// <summary>The SHA-256 hash of the first certificate, in hexadecimal.</summary>
    internal string Fingerprint { get; }

    /// <summary>The certificates, with their parts that have been read.</summary>
    internal IReadOnlyList<ChainCertificate> Links { get; }

    /// <summary>
    /// Reads a chain in PEM, of any size. Text between the PEM blocks is allowed (RFC 7468 section 2).
    /// </summary>
    /// <param name="pem">The text.</param>
    /// <param name="chain">The chain, if the result is <see langword="true"/>.</param>
    /// <returns>
    /// <see langword="false"/> if the text is not one to ten certificates, or one of them can't be read.
    /// </returns>
    public static bool TryRead(string pem, [NotNullWhen(true)] out CertificateChain? chain)
    {
        ArgumentNullException.ThrowIfNull(pem);
        chain = null;
        var links = new List<ChainCertificate>();
        ReadOnlySpan<char> rest = pem;
        while (links.Count < MaxCertificates && PemEncoding.TryFind(rest, out PemFields block))
        {
            if (
                rest[..block.Location.Start].Contains("-----", StringComparison.Ordinal)
                || rest[block.Label] is not PemLabel
                || !ChainCertificate.TryRead(
                    Convert.FromBase64String(rest[block.Base64Data].ToString()),
                    out ChainCertificate? link
                )
            )
            {
                return false;
            }

            links.Add(link);
            rest = rest[block.Location.End..];
        }

        if (links.Count > 0 && !rest.Contains("-----", StringComparison.Ordinal))
        {
            chain = new CertificateChain(pem, links);
        }

        return chain is not null;
    }

    /// <summary>Makes a chain of certificates that have been read.</summary>
    internal static CertificateChain Create(IReadOnlyList<ChainCertificate> links) =>
        new(
            string.Concat(links.Select(link => PemEncoding.WriteString(PemLabel, link.Certificate.RawData) + "\n")),
            links
        );
}
