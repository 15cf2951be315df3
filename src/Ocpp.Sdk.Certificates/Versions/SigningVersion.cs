namespace Ocpp.Certificates.Versions;

/// <summary>What certificate signing needs to know of a version of OCPP, on either side.</summary>
public abstract class SigningVersion
{
    /// <summary>The protocol. Sessions of it use this version.</summary>
    public abstract OcppProtocol Protocol { get; }

    /// <summary>The kinds of certificates that the version has: one item for each, such as the combined one.</summary>
    public abstract IReadOnlyList<CertificateUses> SupportedUses { get; }

    /// <summary>The longest CSR that the version can send, in characters.</summary>
    public abstract int MaxCsrLength { get; }

    /// <summary>Returns whether the version has a certificate for exactly these uses.</summary>
    /// <param name="uses">What the certificate is for.</param>
    public bool Supports(CertificateUses uses) => SupportedUses.Contains(uses);

    /// <summary>Makes a call, and reads its response.</summary>
    /// <param name="peer">What the request is sent to: a session, or a station wherever it is connected.</param>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads the response.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    protected static async Task<SigningResponse> CallAsync<TRequest, TResponse>(
        IOcppCaller peer,
        IOcppRequest<TRequest, TResponse> request,
        Func<TResponse, SigningResponse> read,
        CancellationToken cancellationToken
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(read);
        return read(await peer.CallAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Cuts a text to the length that a field can have.</summary>
    /// <param name="text">A text of this SDK, in ASCII.</param>
    /// <param name="maxLength">The longest text of the field.</param>
    protected static string Cut(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= maxLength ? text : text[..maxLength];
    }
}
