using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Security;

namespace Ocpp.Certificates.Authorities;

/// <summary>
/// Makes the chain that CertificateSigned carries out of what a certificate authority issued: the certificate first,
/// then the intermediates, without the root, which the station has.
/// </summary>
public static class IssuedChain
{
    /// <summary>Makes the chain of the certificates in an authority's answer and the authority's own.</summary>
    /// <param name="certificates">
    /// The certificates in any order. Those that do not belong to the chain are left out. They are copied.
    /// </param>
    /// <param name="order">What the authority was asked to sign.</param>
    /// <param name="chain">The chain, when the result is <see langword="true"/>.</param>
    /// <param name="reason">
    /// Why there is none, if the result is <see langword="false"/>: a sentence for the operator.
    /// </param>
    public static bool TryCreate(
        IReadOnlyCollection<X509Certificate2> certificates,
        SigningOrder order,
        [NotNullWhen(true)] out CertificateChain? chain,
        [NotNullWhen(false)] out string? reason
    ) => TryCreate(certificates, order, TimeProvider.System, out chain, out reason);

    /// <summary>Makes the chain, of issuers that are valid by a clock.</summary>
    internal static bool TryCreate(
        IReadOnlyCollection<X509Certificate2> certificates,
        SigningOrder order,
        TimeProvider clock,
        [NotNullWhen(true)] out CertificateChain? chain,
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

    private static (CertificateChain? Chain, string? Reason) Create(
        IReadOnlyCollection<X509Certificate2> certificates,
        SigningOrder order,
        DateTimeOffset now
    )
    {
        // Copies: what was issued outlives the certificates of the authority.
        ChainCertificate[] all = [.. certificates.Select(one => new ChainCertificate(new X509Certificate2(one)))];
        if (all.FirstOrDefault(one => one.KeyId == order.Request.KeyId) is not { } leaf)
        {
            return (null, "The authority answered without a certificate for the key of the CSR.");
        }

        if (CheckLeaf(leaf, order) is { } fault)
        {
            return (null, fault);
        }

        // Only what leads from the leaf to the root. Of several issuers, as after a renewal, one that has signed and is
        // valid.
        ChainCertificate[] roots = [.. all.Where(one => one.IsRoot)];
        var chain = CertificateChain.Create(CertificatePath.Find(leaf, all, roots, now).Certificates);
        return chain.Pem.Length > order.MaxChainSize
            ? (null, $"The chain has {chain.Pem.Length} characters; the station takes {order.MaxChainSize}.")
            : (chain, null);
    }

    // The operator learns now what the station or the CSMS would refuse later (A02.FR.06, A00.FR.404, A00.FR.405). The
    // subject may differ from the CSR's: an authority may complete it, and the key ties the two together.
    private static string? CheckLeaf(ChainCertificate leaf, SigningOrder order)
    {
        if (leaf.IsAuthority)
        {
            return "The authority answered with the certificate of a certificate authority.";
        }

        if (leaf.Subject is not { } subject)
        {
            return "The authority answered with a certificate whose subject can't be read.";
        }

        if (!IsOneOf(subject.Organization, [order.OrganizationName, order.Request.Subject.Organization]))
        {
            return "The authority answered with a certificate whose O is neither the operator's name nor that "
                + "of the CSR.";
        }

        return IsOneOf(subject.CommonName, [.. order.StationNames, order.Request.Subject.CommonName])
            ? null
            : "The authority answered with a certificate whose CN is not a name of the station.";
    }

    private static bool IsOneOf(string? name, IReadOnlyCollection<string?> names) =>
        !string.IsNullOrEmpty(name) && names.Any(one => SubjectName.AreEqual(one, name));
}
