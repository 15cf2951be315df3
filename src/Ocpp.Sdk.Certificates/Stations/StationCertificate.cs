using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>A certificate of a station, ready for TLS. The caller disposes it.</summary>
public sealed class StationCertificate : IDisposable
{
    private StationCertificate(X509Certificate2 certificate, X509Certificate2Collection intermediates)
    {
        Certificate = certificate;
        Intermediates = intermediates;
    }

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificates between it and its root, its issuer's first.</summary>
    public X509Certificate2Collection Intermediates { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (X509Certificate2 intermediate in Intermediates)
        {
            intermediate.Dispose();
        }
    }

    /// <summary>
    /// Joins a chain to its key. The intermediates are copies, which do not share the chain's lifetime.
    /// </summary>
    internal static StationCertificate Create(IStationKey key, CertificateChain chain)
    {
        // A root is left out: a peer that validates the chain has the root, or does not trust it.
        IEnumerable<X509Certificate2> intermediates = chain
            .Links.Skip(1)
            .Where(link => !link.IsRoot)
            .Select(link => new X509Certificate2(link.Certificate));
        return new StationCertificate(key.UseForTls(chain.Leaf), [.. intermediates]);
    }
}
