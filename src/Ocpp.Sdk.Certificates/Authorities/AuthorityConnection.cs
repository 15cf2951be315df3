using System.Net;
using System.Net.Http.Headers;

namespace Ocpp.Certificates;

/// <summary>Talks HTTP to a certificate authority, and makes an answer of whatever goes wrong.</summary>
/// <param name="client">Does the HTTP.</param>
/// <param name="timeout">How long the authority may take.</param>
/// <param name="clock">The clock.</param>
/// <param name="explain">Finds in the body of a refusal what the operator should know of it, where the protocol has such a thing.</param>
internal sealed class AuthorityConnection(HttpClient client, TimeSpan timeout, TimeProvider clock, Func<byte[], string?>? explain = null)
{
    // A chain has some kilobytes. What is longer is not read to its end.
    private const int MaxBodySize = 256 * 1024;

    /// <summary>Sends a request, and reads the whole response.</summary>
    /// <returns>The body and its status, 200 or 202; or what failed.</returns>
    public async Task<(AuthorityResponse? Response, CertificateAuthorityAnswer.Failed? Failure)> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            byte[]? body = await ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
                return (null, Failure(response, body ?? []));

            return body is null
                ? (null, new(CertificateAuthorityFailure.InvalidAnswer, $"The authority answered with more than {MaxBodySize} bytes."))
                : (new AuthorityResponse(response.StatusCode, body, RetryAfter(response.Headers)), null);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return (null, new(CertificateAuthorityFailure.Unavailable, $"The authority can't be reached: {e.HttpRequestError}."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, new(CertificateAuthorityFailure.AnswerLost, "The connection to the authority broke before it had answered."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new(CertificateAuthorityFailure.AnswerLost, "The authority did not answer in time."));
        }
    }

    private CertificateAuthorityAnswer.Failed Failure(HttpResponseMessage response, byte[] body)
    {
        string explanation = explain?.Invoke(body) is { } words ? $", {words}" : "";
        string status = $"HTTP status {(int)response.StatusCode}{explanation}";
        return (int)response.StatusCode switch
        {
            401 or 403 or 407 => new(CertificateAuthorityFailure.Refused, $"The authority does not accept the credentials: {status}."),
            429 or 500 or 503 => new(CertificateAuthorityFailure.Unavailable, $"The authority can't take the request now: {status}.")
            {
                RetryAfter = RetryAfter(response.Headers),
            },
            502 or 504 => new(CertificateAuthorityFailure.AnswerLost, $"The authority's answer did not get through: {status}."),
            >= 400 and < 500 => new(CertificateAuthorityFailure.Refused, $"The authority refused the request: {status}."),
            _ => new(CertificateAuthorityFailure.InvalidAnswer, $"The authority answered with {status}."),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[MaxBodySize + 1];
        int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length > MaxBodySize ? null : buffer[..length];
    }
}
