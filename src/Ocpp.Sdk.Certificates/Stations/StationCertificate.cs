using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>A certificate that a station has, ready for TLS. The holder's to dispose.</summary>
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
        Intermediates.DisposeAll();
    }

    /// <summary>Joins a chain to its key.</summary>
    internal static StationCertificate Create(IStationKey key, X509Certificate2Collection chain)
    {
        using X509Certificate2 leaf = chain[0];
        var intermediates = new X509Certificate2Collection();
        foreach (X509Certificate2 certificate in chain.Skip(1))
        {
            if (certificate.IsRoot)
            {
                certificate.Dispose(); // who checks the chain has the root, or does not trust it
            }
            else
            {
                intermediates.Add(certificate);
            }
        }

        return new StationCertificate(key.UseForTls(leaf), intermediates);
    }
}
