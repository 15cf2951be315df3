using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;
#if NET10_0_OR_GREATER
using System.Buffers;
#endif

namespace Ocpp.AspNetCore;

/// <summary>The server's certificates, of which each connection gets one that its client supports.</summary>
internal sealed class ServerCertificates
{
    private readonly SslStreamCertificateContext[] _certificates;

    private ServerCertificates(SslStreamCertificateContext[] certificates) => _certificates = certificates;

    /// <summary>
    /// The certificates of the options; <see langword="null"/> when there are none, and Kestrel's own is used.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">
    /// There are several, and the runtime does not show the ClientHello.
    /// </exception>
    public static ServerCertificates? Create(IList<SslStreamCertificateContext> certificates)
    {
#if !NET10_0_OR_GREATER
        if (certificates.Count > 1)
        {
            throw new PlatformNotSupportedException(
                "Several server certificates require .NET 10, which exposes the ClientHello that selects one of them."
            );
        }
#endif
        return certificates.Count == 0 ? null : new ServerCertificates([.. certificates]);
    }

    /// <summary>
    /// Makes the endpoint's configuration complete, and has it look at the ClientHello where there is a choice.
    /// </summary>
    public void AddTo(HttpsConnectionAdapterOptions https)
    {
        // Kestrel refuses an endpoint without a certificate; which one is sent, Choose decides.
        https.ServerCertificateSelector = (_, _) => _certificates[0].TargetCertificate;
#if NET10_0_OR_GREATER
        if (_certificates.Length > 1)
        {
            Action<ConnectionContext, ReadOnlySequence<byte>>? before = https.TlsClientHelloBytesCallback;
            https.TlsClientHelloBytesCallback = (connection, bytes) =>
            {
                before?.Invoke(connection, bytes);
                var hello = TlsClientHello.Read(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray());
                connection.Features.Set(
                    Array.Find(_certificates, certificate => hello.Supports(certificate.TargetCertificate))
                );
            };
        }
#endif
    }

    /// <summary>Sets the certificate of a connection.</summary>
    public void Choose(ConnectionContext connection, SslServerAuthenticationOptions tls)
    {
        tls.ServerCertificateSelectionCallback = null;
        tls.ServerCertificateContext = connection.Features.Get<SslStreamCertificateContext>() ?? _certificates[0];
    }
}
