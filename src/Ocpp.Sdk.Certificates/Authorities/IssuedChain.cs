using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

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
    /// <param name="certificates">The certificates in any order; those that do not belong to the chain are left out.</param>
    /// <param name="order">What was to be signed.</param>
    /// <param name="chain">The chain, when the result is <see langword="true"/>.</param>
    /// <param name="reason">Why there is none, when the result is <see langword="false"/>: a sentence for the operator.</param>
    public static bool TryCreate(
        IReadOnlyCollection<X509Certificate2> certificates,
        SigningOrder order,
        [NotNullWhen(true)] out IssuedChain? chain,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(order);
        chain = null;
        try
        {
            (chain, reason) = Create(certificates, order);
        }
        catch (CryptographicException)
        {
            // Extensions are not read before they are looked at.
            reason = "The authority answered with a certificate that can't be read.";
        }

        return chain is not null;
    }

    private static (IssuedChain? Chain, string? Reason) Create(IReadOnlyCollection<X509Certificate2> certificates, SigningOrder order)
    {
        X509Certificate2? leaf = certificates.FirstOrDefault(one => PublicKeyId.Of(one.PublicKey) == order.Request.KeyId);
        if (leaf is null)
            return (null, "The authority answered without a certificate for the key of the CSR.");

        if (CheckLeaf(leaf, order.Request) is { } fault)
            return (null, fault);

        string pem = CertificateChainText.Write(FollowIssuers(leaf, certificates));
        return pem.Length > order.MaxChainSize
            ? (null, $"The chain has {pem.Length} characters; the station takes {order.MaxChainSize}.")
            : (new IssuedChain(pem, leaf), null);
    }

    // What the station would refuse (A02.FR.06) is better told the operator now.
    private static string? CheckLeaf(X509Certificate2 leaf, CertificateSigningRequest request)
    {
        if (leaf.IsAuthority)
            return "The authority answered with the certificate of a certificate authority.";

        return SubjectName.TryParse(leaf.SubjectName, out SubjectName? subject, out _) &&
            subject.Organization == request.Subject.Organization && subject.CommonName == request.Subject.CommonName
            ? null
            : "The authority answered with a certificate for another subject than the CSR's.";
    }

    private static List<X509Certificate2> FollowIssuers(X509Certificate2 leaf, IReadOnlyCollection<X509Certificate2> certificates)
    {
        var chain = new List<X509Certificate2> { leaf };
        while (certificates.FirstOrDefault(chain[^1].NamesIssuer) is { IsRoot: false } issuer && !chain.Contains(issuer))
            chain.Add(issuer);

        return chain;
    }
}
