using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Authorities;

/// <summary>
/// What a certificate authority issued, as CertificateSigned carries it: the certificate first, then the intermediates,
/// without the root, which the station has.
/// </summary>
public sealed record IssuedChain
{
    private IssuedChain(string pem, X509Certificate2 leaf)
    {
        Pem = pem;
        KeyId = PublicKeyId.Of(leaf.PublicKey);
        SerialNumber = leaf.SerialNumber;
        NotAfter = leaf.NotAfter.ToUniversalTime();
    }

    /// <summary>The chain in PEM.</summary>
    public string Pem { get; }

    /// <summary>The key of the certificate.</summary>
    public PublicKeyId KeyId { get; }

    /// <summary>The serial number of the certificate in hexadecimal: what the authority knows it by.</summary>
    public string SerialNumber { get; }

    /// <summary>Until when the certificate is valid.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Makes the chain out of what an authority answered and what is known of its own certificates.</summary>
    /// <param name="certificates">The certificates in any order; those that do not belong to the chain are left
    /// out.</param>
    /// <param name="order">What was to be signed.</param>
    /// <param name="chain">The chain, when the result is <see langword="true"/>.</param>
    /// <param name="reason">Why there is none, when the result is <see langword="false"/>: a sentence for the
    /// operator.</param>
    public static bool TryCreate(
        IReadOnlyCollection<X509Certificate2> certificates,
        SigningOrder order,
        [NotNullWhen(true)] out IssuedChain? chain,
        [NotNullWhen(false)] out string? reason
    ) => TryCreate(certificates, order, TimeProvider.System, out chain, out reason);

    /// <summary>Makes the chain, of issuers that are valid by a clock.</summary>
    internal static bool TryCreate(
        IReadOnlyCollection<X509Certificate2> certificates,
        SigningOrder order,
        TimeProvider clock,
        [NotNullWhen(true)] out IssuedChain? chain,
        [NotNullWhen(false)] out string? reason
    )
    {
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(order);
        chain = null;
        try
        {
            (chain, reason) = Create(certificates, order, clock.GetUtcNow());
        }
        catch (CryptographicException)
        {
            // Extensions are not read before they are looked at.
            reason = "The authority answered with a certificate that can't be read.";
        }

        return chain is not null;
    }

    private static (IssuedChain? Chain, string? Reason) Create(
        IReadOnlyCollection<X509Certificate2> certificates,
        SigningOrder order,
        DateTimeOffset now
    )
    {
        X509Certificate2? leaf = certificates.FirstOrDefault(one =>
            PublicKeyId.Of(one.PublicKey) == order.Request.KeyId
        );
        if (leaf is null)
        {
            return (null, "The authority answered without a certificate for the key of the CSR.");
        }

        if (CheckLeaf(leaf, order) is { } fault)
        {
            return (null, fault);
        }

        string pem = CertificateChainText.Write(FollowIssuers(leaf, certificates, now));
        return pem.Length > order.MaxChainSize
            ? (null, $"The chain has {pem.Length} characters; the station takes {order.MaxChainSize}.")
            : (new IssuedChain(pem, leaf), null);
    }

    // What station or CSMS would refuse (A02.FR.06, A00.FR.404, A00.FR.405) is better told the operator now. The
    // subject may be another than the CSR's: an authority may complete it, and it is the key that ties the two
    // together.
    private static string? CheckLeaf(X509Certificate2 leaf, SigningOrder order)
    {
        if (leaf.IsAuthority)
        {
            return "The authority answered with the certificate of a certificate authority.";
        }

        if (!SubjectName.TryParse(leaf.SubjectName, out SubjectName? subject, out string? fault))
        {
            return $"The authority answered with a certificate whose subject can't be read: {fault}";
        }

        if (!IsOneOf(subject.Organization, [order.OrganizationName ?? "", order.Request.Organization]))
        {
            return "The authority answered with a certificate whose O is neither the operator's name nor that of the CSR.";
        }

        return IsOneOf(subject.CommonName, [.. order.StationNames, order.Request.CommonName])
            ? null
            : "The authority answered with a certificate whose CN is no name of the station.";
    }

    private static bool IsOneOf(string? name, IReadOnlyCollection<string> names) =>
        !string.IsNullOrEmpty(name) && names.Any(one => SubjectName.AreEqual(one, name));

    /// <summary>
    /// What leads from the leaf to the root, which the station has, and nothing else. Of several issuers that fit, as
    /// after a renewal, one that has signed and is valid.
    /// </summary>
    private static IReadOnlyList<X509Certificate2> FollowIssuers(
        X509Certificate2 leaf,
        IReadOnlyCollection<X509Certificate2> certificates,
        DateTimeOffset now
    ) => CertificatePath.Find(leaf, certificates, [.. certificates.Where(one => one.IsRoot)], now).Certificates;
}
