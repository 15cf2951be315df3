using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

/// <summary>
/// What holds for all HTTP that is sent: to the server that was chosen, and no more read than is needed.
/// </summary>
internal static class OutgoingHttp
{
    /// <summary>Makes sure that a handler goes nowhere but to the server that it is sent to.</summary>
    /// <exception cref="ArgumentException">The handler follows redirects.</exception>
    public static void Guard(HttpMessageHandler handler)
    {
        if (FollowsRedirects(handler))
        {
            throw new ArgumentException(
                "The handler follows redirects: set AllowAutoRedirect to false.",
                nameof(handler)
            );
        }

        DownloadNothing(handler);
    }

    /// <summary>Reads a body; returns <see langword="null"/> if it has more bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxSize, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[maxSize + 1];
        int length = await stream
            .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return length > maxSize ? null : buffer[..length];
    }

    private static bool FollowsRedirects(HttpMessageHandler handler) =>
        Innermost(handler) switch
        {
            SocketsHttpHandler sockets => sockets.AllowAutoRedirect,
            HttpClientHandler client => client.AllowAutoRedirect,
            _ => false,
        };

    /// <summary>
    /// The address of an issuer in a server's certificate is chosen by the sender, and SslStream fetches it before the
    /// certificate is judged. A policy of the caller's own, and revocation that it asks for, stay as they are.
    /// </summary>
    private static void DownloadNothing(HttpMessageHandler handler)
    {
        if (
            Innermost(handler) is SocketsHttpHandler
            {
                SslOptions:
                { CertificateChainPolicy: null, CertificateRevocationCheckMode: X509RevocationMode.NoCheck } tls,
            }
        )
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
        }
    }

    private static HttpMessageHandler Innermost(HttpMessageHandler handler) =>
        handler is DelegatingHandler { InnerHandler: { } inner } ? Innermost(inner) : handler;
}
