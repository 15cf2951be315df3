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

    /// <exception cref="ArgumentException">There are no roots.</exception>
    public StationChains(StationCertificatesOptions options)
    {
        ChainVerifier Verifier(X509Certificate2Collection roots, string usage) =>
            new(roots, options.TimeProvider) { MaxChainSize = options.MaxChainSize, ExtendedKeyUsage = usage };

        _client = Verifier(options.TrustedRoots, ExtendedKeyUsageOids.ClientAuthentication);
        _server = Verifier(options.TrustedRoots, ExtendedKeyUsageOids.ServerAuthentication);
        _v2g = Verifier(options.V2GTrustedRoots ?? options.TrustedRoots, ExtendedKeyUsageOids.ServerAuthentication);
    }

    /// <summary>Checks a chain against all requests that wait (A02.FR.06).</summary>
    public ChainVerdict Verify(CertificateDelivery delivery, IReadOnlyList<PendingRequest> pending)
    {
        if (delivery.RequestId is { } id)
        {
            // A02.FR.26 of OCPP 2.1: without a number, a request is found by its key.
            pending = [.. pending.Where(one => one.RequestId == id)];
            if (pending.Count == 0)
            {
                return ChainVerdict.Refuse(ChainFault.UnknownRequest, "The station has no request of that number.");
            }
        }

        PendingRequest? match = FindPending(delivery.Chain, pending);
        PendingCertificate[] all = [.. pending.Select(one => one.Certificate)];
        ChainVerdict verdict = (match?.Uses == CertificateUses.Iso15118 ? _v2g : _client).Verify(delivery.Chain, all);
        if (!verdict.IsAccepted || match is null)
        {
            return verdict;
        }

        if (match.Uses == CertificateUses.Combined)
        {
            ChainVerdict server = _server.Verify(delivery.Chain, all);
            server.Certificates.DisposeAll();
            if (!server.IsAccepted)
            {
                verdict.Certificates.DisposeAll();
                return server;
            }
        }

        if (delivery.Uses is null || delivery.Uses == match.Uses)
        {
            return verdict;
        }

        verdict.Certificates.DisposeAll();
        return ChainVerdict.Refuse(
            ChainFault.Usage,
            "The certificate is for another use than the one that the station asked for."
        );
    }

    /// <summary>The request whose key a chain has somewhere, in whatever state the chain is.</summary>
    public static PendingRequest? FindPending(string chain, IReadOnlyList<PendingRequest> pending)
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
