using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Versions;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// Checks chains against what they were asked for: each type of certificate has its roots and its use.
/// </summary>
internal sealed class StationChains
{
    private readonly ChainVerifier _connection;
    private readonly ChainVerifier _combined;
    private readonly ChainVerifier _v2g;
    private readonly CertificateHash _v2gRoot;

    /// <exception cref="ArgumentException">There are no roots.</exception>
    public StationChains(StationCertificatesOptions options)
    {
        // The station is the client of the CSMS, and the server of the car.
        const string Client = ExtendedKeyUsageOids.ClientAuthentication;
        const string Server = ExtendedKeyUsageOids.ServerAuthentication;
        X509Certificate2Collection v2gRoots = options.V2GTrustedRoots ?? options.TrustedRoots;
        _connection = Verifier(options.TrustedRoots, Client);
        _combined = Verifier(options.TrustedRoots, Client, Server);
        _v2g = Verifier(v2gRoots, Server);
        _v2gRoot = CertificateHash.OfRoot(v2gRoots[0]);

        ChainVerifier Verifier(X509Certificate2Collection roots, params string[] usages) =>
            new(roots, options.TimeProvider) { MaxChainSize = options.MaxChainSize, ExtendedKeyUsages = usages };
    }

    /// <summary>
    /// The root that a CSR names (A02.FR.27); <see langword="null"/> if the certificate is not for cars alone.
    /// </summary>
    public CertificateHash? RootOf(CertificateUses uses) => uses.IsV2G ? _v2gRoot : null;

    /// <summary>Checks a chain against the requests that it may be for (A02.FR.06).</summary>
    /// <param name="delivery">What the CSMS sent.</param>
    /// <param name="chain">The chain of the delivery; <see langword="null"/> if it can't be read.</param>
    /// <param name="pending">The requests.</param>
    public ChainVerification Verify(
        CertificateDelivery delivery,
        CertificateChain? chain,
        IReadOnlyList<PendingRequest> pending
    )
    {
        if (chain is null)
        {
            return _connection.RefuseUnreadable(delivery.Chain);
        }

        PendingRequest? match = Find(chain, pending);
        ChainVerifier verifier =
            match?.Uses == CertificateUses.Combined ? _combined
            : match?.Uses.IsV2G == true ? _v2g
            : _connection;
        ChainVerification verification = verifier.Verify(chain, [.. pending.Select(one => one.Request)]);
        return !verification.IsAccepted || delivery.Uses is null || delivery.Uses == match?.Uses
            ? verification
            : ChainVerification.Refuse(
                ChainFault.Usage,
                "The certificate is for another use than the one that the station asked for."
            );
    }

    /// <summary>The request whose key a chain has; <see langword="null"/> if there is none.</summary>
    public static PendingRequest? Find(CertificateChain? chain, IReadOnlyList<PendingRequest> pending) =>
        pending.FirstOrDefault(one => chain?.Links.Any(link => link.KeyId == one.KeyId) == true);
}
