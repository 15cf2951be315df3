using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Versions;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// Checks chains against what they were asked for: each type of certificate has its roots and its use.
/// </summary>
internal sealed class StationChains
{
    // The station is the client of the CSMS, and the server of the car.
    private readonly ChainVerifier _client;
    private readonly ChainVerifier _server;
    private readonly ChainVerifier _v2g;
    private readonly CertificateHash _v2gRoot;

    /// <exception cref="ArgumentException">There are no roots.</exception>
    public StationChains(StationCertificatesOptions options)
    {
        ChainVerifier Verifier(X509Certificate2Collection roots, string usage) =>
            new(roots, options.TimeProvider) { MaxChainSize = options.MaxChainSize, ExtendedKeyUsage = usage };

        _client = Verifier(options.TrustedRoots, ExtendedKeyUsageOids.ClientAuthentication);
        _server = Verifier(options.TrustedRoots, ExtendedKeyUsageOids.ServerAuthentication);
        X509Certificate2Collection v2gRoots = options.V2GTrustedRoots ?? options.TrustedRoots;
        _v2g = Verifier(v2gRoots, ExtendedKeyUsageOids.ServerAuthentication);
        _v2gRoot = CertificateHash.OfRoot(v2gRoots[0]);
    }

    /// <summary>
    /// The root that a CSR names (A02.FR.27); <see langword="null"/> if the certificate is not for cars alone.
    /// </summary>
    public CertificateHash? RootOf(CertificateUses uses) => uses.IsV2G ? _v2gRoot : null;

    /// <summary>Checks a chain against all requests that wait (A02.FR.06).</summary>
    public ChainVerification Verify(CertificateDelivery delivery, IReadOnlyList<PendingRequest> pending)
    {
        if (delivery.RequestId is { } id)
        {
            pending = [.. pending.Where(one => one.RequestId == id)];
            if (pending.Count == 0)
            {
                // A02.FR.26
                return ChainVerification.Refuse(
                    ChainFault.UnknownRequest,
                    "The station has no open request with this id."
                );
            }
        }

        PendingRequest? match = FindByKey(delivery.Chain, pending);
        PendingCertificate[] all = [.. pending.Select(one => one.Certificate)];
        ChainVerification verification = (match?.Uses.IsV2G == true ? _v2g : _client).Verify(delivery.Chain, all);
        if (!verification.IsAccepted || match is null)
        {
            return verification;
        }

        if (match.Uses == CertificateUses.Combined)
        {
            ChainVerification server = _server.Verify(delivery.Chain, all);
            server.Certificates.DisposeAll();
            if (!server.IsAccepted)
            {
                verification.Certificates.DisposeAll();
                return server;
            }
        }

        if (delivery.Uses is null || delivery.Uses == match.Uses)
        {
            return verification;
        }

        verification.Certificates.DisposeAll();
        return ChainVerification.Refuse(
            ChainFault.Usage,
            "The certificate is for another use than the one that the station asked for."
        );
    }

    /// <summary>
    /// The request that a chain is for, in whatever state the chain is: the one that the CSMS names, otherwise the one
    /// whose key the chain has somewhere.
    /// </summary>
    public static PendingRequest? FindPending(CertificateDelivery delivery, IReadOnlyList<PendingRequest> pending) =>
        delivery.RequestId is { } id
            ? pending.FirstOrDefault(one => one.RequestId == id)
            : FindByKey(delivery.Chain, pending);

    private static PendingRequest? FindByKey(string chain, IReadOnlyList<PendingRequest> pending)
    {
        X509Certificate2Collection certificates = Read(chain);
        try
        {
            HashSet<PublicKeyId> keys = [.. certificates.Select(one => PublicKeyId.Of(one.PublicKey))];
            return pending.FirstOrDefault(one => keys.Contains(one.KeyId));
        }
        catch (CryptographicException)
        {
            return null; // no key of a kind that the station makes
        }
        finally
        {
            certificates.DisposeAll();
        }
    }

    /// <summary>Of the first certificate of a text; none when there is no chain in it.</summary>
    public static string? Fingerprint(string chain)
    {
        X509Certificate2Collection certificates = Read(chain);
        string? fingerprint = certificates.FirstOrDefault()?.GetCertHashString(HashAlgorithmName.SHA256);
        certificates.DisposeAll();
        return fingerprint;
    }

    private static X509Certificate2Collection Read(string chain) =>
        CertificateChainText.TryRead(chain, out X509Certificate2Collection? certificates) ? certificates : [];
}
