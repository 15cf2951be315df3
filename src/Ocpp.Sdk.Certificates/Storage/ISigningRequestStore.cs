using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.V201;

namespace Ocpp.Certificates.Storage;

/// <summary>
/// Keeps the requests that a CSMS accepted, so that none is forgotten: what a method returned survives a kill at any
/// point after, and what it did not return has happened as a whole or not at all. It can be used from several threads.
/// </summary>
public interface ISigningRequestStore : IAsyncDisposable
{
    /// <summary>
    /// Keeps a request as <see cref="SigningRequestState.Received"/>. When the same station has an unfinished one for the same
    /// key and type, which is how a station that waited too long repeats itself (A02.FR.17), that one is returned as it is.
    /// </summary>
    /// <exception cref="SigningRequestStoreException">It could not be kept: answer Rejected.</exception>
    Task<SigningRequest> AddAsync(
        string station,
        CertificateSigningRequest request,
        CertificateUses uses,
        CancellationToken cancellationToken = default);

    /// <summary>Takes a step with a request, and writes it into its history.</summary>
    /// <returns>The request after the step.</returns>
    /// <exception cref="InvalidOperationException">There is no such request, or the step can't follow its state.</exception>
    /// <exception cref="SigningRequestStoreException">The step could not be kept; the request is as it was.</exception>
    Task<SigningRequest> StepAsync(long id, SigningRequestStep nextStep, CancellationToken cancellationToken = default);

    /// <summary>A request by its number; <see langword="null"/> when there is none.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<SigningRequest?> FindAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// What decides whether a request is accepted. It must cost the same however many requests the store has: a station can
    /// have it looked up with each message.
    /// </summary>
    /// <param name="station">The identity of the station that asks.</param>
    /// <param name="keyId">The key to be certified.</param>
    /// <param name="uses">What the certificate is for.</param>
    /// <param name="since">From when on requests count as recent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<SigningRequestUsage> GetUsageAsync(
        string station,
        PublicKeyId keyId,
        CertificateUses uses,
        DateTimeOffset since,
        CancellationToken cancellationToken = default);

    /// <summary>The requests that are not finished, the oldest first: what a CSMS goes on with after a start or a connect.</summary>
    /// <param name="station">The station's identity; <see langword="null"/> for all stations.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequest>> ListUnfinishedAsync(string? station = null, CancellationToken cancellationToken = default);

    /// <summary>Requests in any state, the newest first: what an operator looks at.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequest>> ListAsync(SigningRequestFilter filter, CancellationToken cancellationToken = default);

    /// <summary>
    /// The certificates that expire before a time, the first to expire first: of each station and type the one delivered last,
    /// for it has taken the place of those before.
    /// </summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequest>> ListExpiringAsync(DateTimeOffset before, CancellationToken cancellationToken = default);

    /// <summary>What happened with a request, in the order in which each happened first.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequestEvent>> GetHistoryAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets the requests that were finished before a time, with their history. A certificate that may be in use is kept:
    /// the one that was delivered last of its station and type, until it has expired before that time.
    /// </summary>
    /// <returns>How many.</returns>
    /// <exception cref="SigningRequestStoreException">The store can't be written.</exception>
    Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
