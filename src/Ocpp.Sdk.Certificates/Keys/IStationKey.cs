using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// A key pair of a station: what can be done with the private half, without getting at it. Disposing it closes the
/// handle; the key stays in its store.
/// </summary>
public interface IStationKey : IDisposable
{
    /// <summary>What the key is found by.</summary>
    PublicKeyId Id { get; }

    /// <summary>The public half.</summary>
    PublicKey PublicKey { get; }

    /// <summary>Signs with the private half, for example a CSR. Usable until this key is disposed.</summary>
    X509SignatureGenerator SignatureGenerator { get; }

    /// <summary>Joins the private half to its certificate, to be presented in a TLS handshake.</summary>
    /// <param name="certificate">A certificate for this very key. It is not changed.</param>
    /// <returns>A certificate that has its private key. The caller disposes it; it outlives this key.</returns>
    /// <exception cref="ArgumentException">The certificate is for another key.</exception>
    X509Certificate2 UseForTls(X509Certificate2 certificate);
}
