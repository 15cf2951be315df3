using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Authorities;

/// <summary>
/// A certificate authority behind EST (RFC 7030): <c>simpleenroll</c>, with HTTP Basic or a client certificate, and
/// with 202 for a decision that takes time.
/// </summary>
public sealed class EstCertificateAuthority : ICertificateAuthority
{
    private const string Enroll = "simpleenroll";

    private readonly EstOptions _options;
    private readonly AuthorityConnection _connection;
    private readonly Uri _base;

    /// <summary>Asks an EST server.</summary>
    /// <param name="handler">
    /// Does the HTTP. It trusts the server's certificate, and has the client certificate where the server wants one. It
    /// must not follow redirects. It stays the caller's. For a <see cref="SocketsHttpHandler"/> that has no chain
    /// policy yet and checks no revocation, one is set that downloads nothing that the server's certificate refers to;
    /// a <see cref="HttpClientHandler"/> has no such setting.
    /// </param>
    /// <param name="server">
    /// The server, whose operations are below <c>/.well-known/est/</c>, or a URL with a path: the full one of
    /// <c>simpleenroll</c>, such as <c>https://est.example.com/.well-known/cpo/simpleenroll</c>, or that of the folder
    /// in which it is. <c>https</c>, unless it is this very machine.
    /// </param>
    /// <param name="options">The options. Defaults to those of a new instance.</param>
    /// <exception cref="ArgumentException">
    /// The server is not reached by TLS, which EST requires, or the handler follows redirects.
    /// </exception>
    public EstCertificateAuthority(HttpMessageHandler handler, Uri server, EstOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(server);
        AuthorityConnection.CheckServer(server);
        _options = options ?? new EstOptions();
        _connection = new AuthorityConnection(handler, _options.Timeout, _options.TimeProvider);
        _base = BaseOf(server, _options.Label);
    }

    /// <inheritdoc/>
    public async Task<CertificateAuthorityAnswer> SignAsync(
        SigningOrder order,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(order);
        try
        {
            // First: otherwise, an issued certificate would be lost if its issuer's can't be read.
            X509Certificate2Collection issuers =
                _options.Issuers ?? await GetIssuersAsync(cancellationToken).ConfigureAwait(false);
            AuthorityResponse response = await EnrollAsync(order.Request, cancellationToken).ConfigureAwait(false);
            if (response.Status == HttpStatusCode.Accepted)
            {
                return new CertificateAuthorityAnswer.Later(response.RetryAfter ?? _options.DefaultRetryAfter);
            }

            return IssuedChain.TryCreate(
                [.. Read(response, Enroll), .. issuers],
                order,
                _options.TimeProvider,
                out CertificateChain? chain,
                out string? reason
            )
                ? new CertificateAuthorityAnswer.Issued(chain)
                : new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.InvalidAnswer, reason);
        }
        catch (AuthorityException e)
        {
            return e.Failure;
        }
    }

    private static Uri BaseOf(Uri server, string? label)
    {
        string path = server.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/" + Enroll, StringComparison.Ordinal))
        {
            path = path[..^(Enroll.Length + 1)];
        }
        else if (path.Length == 0)
        {
            path = "/.well-known/est";
        }

        return new Uri(server, label is null ? $"{path}/" : $"{path}/{Uri.EscapeDataString(label)}/");
    }

    private async Task<X509Certificate2Collection> GetIssuersAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "cacerts");
        return Read(
            await _connection.SendAsync(request, isOrder: false, cancellationToken).ConfigureAwait(false),
            "cacerts"
        );
    }

    private async Task<AuthorityResponse> EnrollAsync(
        CertificateSigningRequest csr,
        CancellationToken cancellationToken
    )
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, Enroll);
        request.Content = new StringContent(
            Convert.ToBase64String(csr.Der.Span),
            Encoding.ASCII,
            new MediaTypeHeaderValue("application/pkcs10")
        );
        request.Content.Headers.Add("Content-Transfer-Encoding", "base64");
        return await _connection.SendAsync(request, isOrder: true, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Request(HttpMethod method, string operation)
    {
        var request = new HttpRequestMessage(method, new Uri(_base, operation));
        if (_options.Credential is { } credential)
        {
            byte[] userAndPassword = Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}");
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(userAndPassword)
            );
        }

        return request;
    }

    private static X509Certificate2Collection Read(AuthorityResponse response, string operation) =>
        CertificatesOnly.TryRead(response.Body, out X509Certificate2Collection? certificates)
            ? certificates
            : throw new AuthorityException(
                CertificateAuthorityFailure.InvalidAnswer,
                $"The EST server's answer to {operation} is not certificates in PKCS#7."
            );
}
