using System.Formats.Asn1;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Ocpp.Certificates.Ocsp;

/// <summary>
/// Finds out by OCSP (RFC 6960) whether certificates are revoked: for the GetCertificateStatus of stations (M06), and
/// for the contract certificates of cars (C07.FR.05). Responses are verified, and kept until they are no longer
/// current. Thread-safe; one instance serves the whole CSMS.
/// </summary>
public sealed class OcspClient
{
    private readonly HttpMessageHandler _handler;
    private readonly OcspResponders _responders;
    private readonly OcspTrust _trust;
    private readonly OcspCache _cache;

    /// <summary>Asks the responders of the options.</summary>
    /// <param name="handler">
    /// Does the HTTP. It must not follow redirects. It stays the caller's. For a <see cref="SocketsHttpHandler"/> that
    /// has no chain policy yet and checks no revocation, one is set that downloads nothing that the server's
    /// certificate refers to.
    /// </param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">The handler follows redirects.</exception>
    /// <exception cref="CryptographicException">An extension of a trusted certificate can't be read.</exception>
    public OcspClient(HttpMessageHandler handler, OcspClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        OutgoingHttp.Guard(handler); // a redirect would lead to a server that is not on the list
        _handler = handler;
        Options = options;
        _responders = new OcspResponders(options.Responders, options.MaxConcurrentRequests);
        _trust = new OcspTrust(options.TrustedRoots, options.Intermediates);
        _cache = new OcspCache(options.MaxCachedResponses);
    }

    /// <summary>The options.</summary>
    public OcspClientOptions Options { get; }

    /// <summary>Finds out the status of a certificate.</summary>
    /// <param name="query">The certificate and the responder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The status, from memory if it is still current; or why it could not be found out
    /// (<see cref="OcspResult.Failure"/>).
    /// </returns>
    public async Task<OcspResult> CheckAsync(OcspQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!OcspCertificateId.TryCreate(query.Certificate, out OcspCertificateId? certificate))
        {
            return OcspResult.Failed(OcspFailure.InvalidQuery, "The hash data of the certificate is invalid.");
        }

        if (!_responders.TryFind(query.ResponderUrl, out Uri? url, out SemaphoreSlim? turns))
        {
            return OcspResult.Failed(OcspFailure.ResponderNotAllowed, "The responder is not one that may be asked.");
        }

        if (_cache.Find(certificate, Now) is { } known)
        {
            return known;
        }

        using var timer = new CancellationTokenSource(Options.Timeout, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await turns.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                // Another one may have asked for the same in the meantime.
                return _cache.Find(certificate, Now)
                    ?? await AskAsync(certificate, url, either.Token).ConfigureAwait(false);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OcspResult.Failed(OcspFailure.TimedOut, "The responder did not answer in time.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return OcspResult.Failed(
                OcspFailure.Unreachable,
                "The responder can't be reached, or the connection was lost."
            );
        }
    }

    private DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    private async Task<OcspResult> AskAsync(OcspCertificateId certificate, Uri url, CancellationToken cancellationToken)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(OcspRequest.NonceSize);
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(OcspRequest.Write(certificate, nonce)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/ocsp-response"));
        using var http = new HttpMessageInvoker(_handler, disposeHandler: false);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return OcspResult.Failed(
                OcspFailure.HttpStatus,
                $"The responder answered with HTTP status {(int)response.StatusCode}."
            );
        }

        byte[]? body = await OutgoingHttp
            .ReadAsync(response.Content, Options.MaxResponseSize, cancellationToken)
            .ConfigureAwait(false);
        return body is null
            ? OcspResult.Failed(
                OcspFailure.TooLarge,
                $"The responder answered with more than {Options.MaxResponseSize} bytes."
            )
            : Read(body, certificate, nonce);
    }

    private OcspResult Read(byte[] body, OcspCertificateId certificate, byte[] nonce)
    {
        try
        {
            int status = OcspResponse.Read(body, out OcspResponse? response);
            return response is null
                ? OcspResult.Failed(
                    OcspFailure.ResponderError,
                    $"The responder answered with the error {status} (RFC 6960 section 2.3)."
                )
                : Verify(response, body, certificate, nonce);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return OcspResult.Failed(OcspFailure.Unreadable, "The response is not an OCSP response in DER.");
        }
    }

    // RFC 6960 section 3.2.
    private OcspResult Verify(OcspResponse response, byte[] body, OcspCertificateId certificate, byte[] nonce)
    {
        OcspSingleResponse[] singles = [.. response.Responses.Where(one => one.Certificate == certificate)];
        if (singles is not [OcspSingleResponse single])
        {
            return OcspResult.Failed(
                OcspFailure.WrongCertificate,
                "The response does not have exactly one status of the certificate."
            );
        }

        DateTimeOffset now = Now;
        OcspResult? refusal =
            CheckNonce(response, nonce) ?? CheckTimes(single, now) ?? _trust.Check(response, certificate, now);
        if (refusal is not null)
        {
            return refusal;
        }

        var result = OcspResult.Of(single, body);
        if (single.Status != OcspCertificateStatus.Unknown) // a new certificate may become known at any time
        {
            _cache.Add(certificate, result, UsableUntil(single, now), now);
        }

        return result;
    }

    private OcspResult? CheckNonce(OcspResponse response, byte[] nonce) =>
        response.Nonce is { } received
            ? received.AsSpan().SequenceEqual(nonce)
                ? null
                : OcspResult.Failed(OcspFailure.WrongNonce, "The response is for another request.")
            : Options.RequireNonce
                ? OcspResult.Failed(OcspFailure.WrongNonce, "The response has no nonce.")
                : null;

    private OcspResult? CheckTimes(OcspSingleResponse single, DateTimeOffset now)
    {
        DateTimeOffset latest = now + Options.ClockTolerance;
        if (single.ThisUpdate > latest)
        {
            return OcspResult.Failed(OcspFailure.NotCurrent, "The response is from the future.");
        }

        DateTimeOffset until = single.NextUpdate ?? single.ThisUpdate + Options.MaxAge;
        return until < now - Options.ClockTolerance
            ? OcspResult.Failed(OcspFailure.NotCurrent, "The response is too old.")
            : null;
    }

    private DateTimeOffset UsableUntil(OcspSingleResponse single, DateTimeOffset now)
    {
        DateTimeOffset latest = now + Options.MaxAge;
        DateTimeOffset until = single.NextUpdate ?? single.ThisUpdate + Options.MaxAge;
        return until < latest ? until : latest;
    }
}
