using System.Net;
using System.Net.Http.Headers;

namespace Ocpp.Certificates.Authorities;

/// <summary>Talks HTTP to a certificate authority: to the server that it was given, and to no other.</summary>
internal sealed class AuthorityConnection
{
    // A chain has some kilobytes. A longer response is not read to its end.
    private const int MaxBodySize = 256 * 1024;

    private readonly HttpMessageHandler _handler;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly Func<byte[], string?>? _explain;

    /// <param name="handler">Does the HTTP. It is not disposed.</param>
    /// <param name="timeout">How long the authority may take.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="explain">
    /// Finds in the body of a refusal what the operator should know, where the protocol has such a thing.
    /// </param>
    /// <exception cref="ArgumentException">The handler follows redirects.</exception>
    public AuthorityConnection(
        HttpMessageHandler handler,
        TimeSpan timeout,
        TimeProvider clock,
        Func<byte[], string?>? explain = null
    )
    {
        // A redirect could take the CSR and the credentials to any server, even without TLS (RFC 7030
        // section 3.2.1).
        OutgoingHttp.Guard(handler);
        _handler = handler;
        _timeout = timeout;
        _clock = clock;
        _explain = explain;
    }

    /// <summary>Checks that a server is reached by TLS, or is this very machine.</summary>
    /// <exception cref="ArgumentException">It isn't.</exception>
    public static void CheckServer(Uri server)
    {
        if (server.Scheme != Uri.UriSchemeHttps && !(server.Scheme == Uri.UriSchemeHttp && server.IsLoopback))
        {
            throw new ArgumentException(
                "The authority must be reached over https, except on this machine (RFC 7030 section 3.3).",
                nameof(server)
            );
        }
    }

    /// <summary>Sends a request, and reads the whole response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isOrder">
    /// Whether it asks for a certificate, so that a certificate may be lost with the answer.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The response, with status 200 or 202.</returns>
    /// <exception cref="AuthorityException">There is no such response.</exception>
    public async Task<AuthorityResponse> SendAsync(
        HttpRequestMessage request,
        bool isOrder,
        CancellationToken cancellationToken
    )
    {
        CertificateAuthorityFailure lost = isOrder
            ? CertificateAuthorityFailure.AnswerLost
            : CertificateAuthorityFailure.Unavailable;
        using var timer = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var http = new HttpMessageInvoker(_handler, disposeHandler: false);
            using HttpResponseMessage response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            byte[]? body = await OutgoingHttp
                .ReadAsync(response.Content, MaxBodySize, either.Token)
                .ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
            {
                throw new AuthorityException(Failure(response, body ?? [], lost));
            }

            return body is not null
                ? new AuthorityResponse(response.StatusCode, body, RetryAfter(response.Headers))
                : throw new AuthorityException(
                    CertificateAuthorityFailure.InvalidAnswer,
                    $"The authority answered with more than {MaxBodySize} bytes."
                );
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
            )
        {
            throw new AuthorityException(
                CertificateAuthorityFailure.Unavailable,
                $"The authority can't be reached: {e.HttpRequestError}."
            );
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new AuthorityException(lost, "The connection to the authority broke before it had answered.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AuthorityException(lost, "The authority did not answer in time.");
        }
    }

    private CertificateAuthorityAnswer.Failed Failure(
        HttpResponseMessage response,
        byte[] body,
        CertificateAuthorityFailure lost
    )
    {
        string explanation = _explain?.Invoke(body) is { } words ? $", {words}" : "";
        string status = $"HTTP status {(int)response.StatusCode}{explanation}";
        (CertificateAuthorityFailure kind, string reason) = (int)response.StatusCode switch
        {
            >= 300 and < 400 => (
                CertificateAuthorityFailure.Refused,
                "The authority answered with a redirect, which is not followed"
            ),
            401 or 403 or 407 => (CertificateAuthorityFailure.Refused, "The authority does not accept the credentials"),
            429 or 500 or 503 => (CertificateAuthorityFailure.Unavailable, "The authority can't take the request now"),
            502 or 504 => (lost, "The authority's answer did not get through"),
            >= 400 and < 500 => (CertificateAuthorityFailure.Refused, "The authority refused the request"),
            _ => (
                CertificateAuthorityFailure.InvalidAnswer,
                "The authority answered with a status that has no meaning here"
            ),
        };
        return new(kind, $"{reason}: {status}.") { RetryAfter = RetryAfter(response.Headers) };
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - _clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
