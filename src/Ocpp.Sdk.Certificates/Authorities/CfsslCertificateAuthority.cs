using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Authorities;

/// <summary>
/// A certificate authority behind cfssl's HTTP API: <c>sign</c>, or <c>authsign</c> where there is a key for it.
/// </summary>
/// <remarks>
/// cfssl decides by its profile what the certificate may be used for, and by its <c>copy_extensions</c> what it takes
/// over from the CSR.
/// </remarks>
public sealed class CfsslCertificateAuthority : ICertificateAuthority
{
    private readonly CfsslOptions _options;
    private readonly AuthorityConnection _connection;
    private readonly Uri _base;

    /// <summary>Asks a cfssl server.</summary>
    /// <param name="handler">Does the HTTP. It must not follow redirects. It stays the caller's.</param>
    /// <param name="server">
    /// The server; its path is not looked at. <c>https</c>, unless it is this very machine.
    /// </param>
    /// <param name="options">The options. Defaults to those of a new instance.</param>
    /// <exception cref="ArgumentException">
    /// The server is not reached by TLS, or the handler follows redirects.
    /// </exception>
    public CfsslCertificateAuthority(HttpMessageHandler handler, Uri server, CfsslOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(server);
        AuthorityConnection.CheckServer(server);
        _options = options ?? new CfsslOptions();
        _connection = new AuthorityConnection(handler, _options.Timeout, _options.TimeProvider, Explain);
        _base = new Uri(server, "/api/v1/cfssl/");
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
            (string operation, byte[] body) = SignRequest(order);
            X509Certificate2Collection certificates = await AskAsync(operation, body, isOrder: true, cancellationToken)
                .ConfigureAwait(false);
            return IssuedChain.TryCreate(
                [.. certificates, .. issuers],
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

    private Task<X509Certificate2Collection> GetIssuersAsync(CancellationToken cancellationToken)
    {
        var request = new CfsslMessages.InfoRequest(_options.Profile, _options.Label ?? "");
        return AskAsync("info", Json(request, CfsslJson.Default.InfoRequest), isOrder: false, cancellationToken);
    }

    private (string Operation, byte[] Body) SignRequest(SigningOrder order)
    {
        var request = new CfsslMessages.SignRequest(order.Request.ToPem(), _options.Profile, _options.Label);
        byte[] body = Json(request, CfsslJson.Default.SignRequest);
        if (_options.AuthenticationKey is not { } key)
        {
            return ("sign", body);
        }

        var authenticated = new CfsslMessages.AuthenticatedRequest(HMACSHA256.HashData(key.Span, body), body);
        return ("authsign", Json(authenticated, CfsslJson.Default.AuthenticatedRequest));
    }

    private async Task<X509Certificate2Collection> AskAsync(
        string operation,
        byte[] body,
        bool isOrder,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base, operation));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        AuthorityResponse response = await _connection
            .SendAsync(request, isOrder, cancellationToken)
            .ConfigureAwait(false);

        return
            TryParse(response.Body, out CfsslMessages.Response? answer)
            && answer?.Result?.Certificate is { } pem
            && CertificateChain.TryRead(pem, out CertificateChain? chain)
            ? [.. chain.Certificates]
            : throw new AuthorityException(
                CertificateAuthorityFailure.InvalidAnswer,
                $"The cfssl server's answer to {operation} has no certificate."
            );
    }

    // The code, for the words could quote the CSR.
    private static string? Explain(byte[] body) =>
        TryParse(body, out CfsslMessages.Response? response) && response?.Errors is [{ } error, ..]
            ? $"cfssl error {error.Code}"
            : null;

    private static bool TryParse(byte[] body, out CfsslMessages.Response? response)
    {
        try
        {
            response = JsonSerializer.Deserialize(body, CfsslJson.Default.Response);
            return true;
        }
        catch (JsonException)
        {
            response = null;
            return false;
        }
    }

    private static byte[] Json<T>(T message, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(message, type);
}
