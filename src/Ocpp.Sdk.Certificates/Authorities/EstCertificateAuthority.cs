using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ocpp.Certificates;

/// <summary>
/// A certificate authority behind EST (RFC 7030): <c>simpleenroll</c>, with HTTP Basic or a client certificate, and with
/// 202 for a decision that takes time.
/// </summary>
public sealed class EstCertificateAuthority : ICertificateAuthority
{
    private readonly EstOptions _options;
    private readonly AuthorityConnection _connection;
    private readonly Uri _base;

    /// <summary>Asks an EST server.</summary>
    /// <param name="client">
    /// Does the HTTP. Its handler trusts the server's certificate, and has the client certificate where the server wants
    /// one. It stays the caller's.
    /// </param>
    /// <param name="server">The server; its path is not looked at. <c>https</c>, unless it is this very machine.</param>
    /// <param name="options">How it is asked.</param>
    /// <exception cref="ArgumentException">The server is not reached by TLS, which EST requires.</exception>
    public EstCertificateAuthority(HttpClient client, Uri server, EstOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(server);
        if (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
            throw new ArgumentException("EST goes over https (RFC 7030 section 3.3).", nameof(server));

        _options = options ?? new EstOptions();
        _connection = new AuthorityConnection(client, _options.Timeout, _options.Clock);
        string label = _options.Label is null ? "" : Uri.EscapeDataString(_options.Label) + "/";
        _base = new Uri(server, $"/.well-known/est/{label}");
    }

    /// <inheritdoc/>
    public async Task<CertificateAuthorityAnswer> SignAsync(SigningOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);

        // First, so that a certificate that was issued is not lost for want of its issuer's.
        (X509Certificate2Collection? issuers, CertificateAuthorityAnswer.Failed? failure) = await GetIssuersAsync(cancellationToken).ConfigureAwait(false);
        if (issuers is null)
            return failure!;

        using HttpRequestMessage request = Request(HttpMethod.Post, "simpleenroll");
        request.Content = new StringContent(Convert.ToBase64String(order.Request.Der.Span), Encoding.ASCII, new MediaTypeHeaderValue("application/pkcs10"));
        request.Content.Headers.Add("Content-Transfer-Encoding", "base64");
        (AuthorityResponse? response, failure) = await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response is null)
            return failure!;

        if (response.Status == HttpStatusCode.Accepted)
            return new CertificateAuthorityAnswer.Later(response.RetryAfter ?? _options.DefaultRetryAfter);

        if (!CertificatesOnly.TryRead(response.Body, out X509Certificate2Collection? certificates))
            return Invalid("The EST server's answer to simpleenroll is not certificates in PKCS#7.");

        return IssuedChain.TryCreate([.. certificates, .. issuers], order, out IssuedChain? chain, out string? reason)
            ? new CertificateAuthorityAnswer.Issued(chain)
            : Invalid(reason);
    }

    private async Task<(X509Certificate2Collection? Issuers, CertificateAuthorityAnswer.Failed? Failure)> GetIssuersAsync(CancellationToken cancellationToken)
    {
        if (_options.Issuers is not null)
            return (_options.Issuers, null);

        using HttpRequestMessage request = Request(HttpMethod.Get, "cacerts");
        (AuthorityResponse? response, CertificateAuthorityAnswer.Failed? failure) = await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            // Nothing was asked for yet, so that nothing can be lost.
            return (null, failure!.Kind == CertificateAuthorityFailure.AnswerLost ? failure with { Kind = CertificateAuthorityFailure.Unavailable } : failure);
        }

        return CertificatesOnly.TryRead(response.Body, out X509Certificate2Collection? issuers)
            ? (issuers, null)
            : (null, Invalid("The EST server's answer to cacerts is not certificates in PKCS#7."));
    }

    private HttpRequestMessage Request(HttpMethod method, string operation)
    {
        var request = new HttpRequestMessage(method, new Uri(_base, operation));
        if (_options.Credential is { } credential)
        {
            byte[] userAndPassword = Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(userAndPassword));
        }

        return request;
    }

    private static CertificateAuthorityAnswer.Failed Invalid(string reason) => new(CertificateAuthorityFailure.InvalidAnswer, reason);
}
