using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore;

/// <summary>What <see cref="OcppHttpsExtensions"/> sets TLS up with.</summary>
public sealed class OcppHttpsOptions
{
    /// <summary>
    /// The server's certificates, instead of the one that Kestrel is configured with. Of several, each station gets the
    /// first that its ClientHello supports: with an ECDSA and an RSA certificate the CSMS serves all cipher suites of
    /// A00.FR.318. A station that supports none of them gets the first. On .NET 8 there can be only one.
    /// </summary>
    /// <remarks>
    /// <see cref="SslStreamCertificateContext.Create(X509Certificate2, X509Certificate2Collection?, bool)"/>
    /// makes them, with the intermediate certificates to send along.
    /// </remarks>
    public IList<SslStreamCertificateContext> ServerCertificates { get; } = [];

    /// <summary>
    /// The cipher suites that are offered. Defaults to those of TLS 1.3, the four of A00.FR.318 and the other suites of
    /// TLS 1.2 with ECDHE that .NET offers by default. <see langword="null"/> for the operating system's own, and on
    /// Windows, where only the system's configuration can change them.
    /// </summary>
    public CipherSuitesPolicy? CipherSuites { get; set; } = StationCipherSuites.Create();

    /// <summary>
    /// Which client certificates the handshake requires, for an endpoint that takes security profile 3 only: a
    /// certificate that does not lead to one of these roots, is invalid now or is not for client authentication ends
    /// the handshake (A00.FR.407), and so does a missing one. Usually <see cref="OcppOptions.Certificates"/>.
    /// <see langword="null"/>, the default, where security profile 2 is taken too: whether a certificate is needed is
    /// decided by the OCPP endpoint.
    /// </summary>
    public OcppCertificateOptions? RequiredClientCertificate { get; set; }
}
