using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Storage;

/// <summary>
/// Keeps the requests that a CSMS accepted, so that none is forgotten: what a method returned survives a kill at any
/// point after, and what it did not return has happened as a whole or not at all. It can be used from several threads.
/// </summary>
public interface ISigningRequestStore : IAsyncDisposable
{
    /// <summary>
    /// Keeps a request as <see cref="SigningRequestState.Received"/>. When the same station has an unfinished one for
    /// the same key and uses, which is how a station that waited too long repeats itself (A02.FR.17), that one is
    /// returned as it is, with the request id of the repetition if that has one, and with its root if that names one
    /// and no certificate is issued yet.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SigningRequestStoreException">It could not be kept: answer Rejected.</exception>
    Task<SigningRequest> AddAsync(NewSigningRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies a transition to a request and writes it into the history, if the request has the expected version. Does
    /// not ask who holds it: a later claim has changed its version. A transition to
    /// <see cref="SigningRequestState.Waiting"/> or to a final state ends the lease. After an exception the call can be
    /// repeated with the same transition: a store to which the connection can be lost recognises it, if it was applied.
    /// </summary>
    /// <exception cref="InvalidOperationException">The transition can't follow the request's state.</exception>
    /// <exception cref="SigningRequestStoreException">
    /// The transition could not be kept; the request is as it was.
    /// </exception>
    Task<SigningTransitionResult> TransitionAsync(
        long id,
        long expectedVersion,
        SigningRequestTransition transition,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Hands out requests whose next step is due and that nobody holds, those due first before the others. What was
    /// <see cref="SigningRequestState.Forwarded"/> by somebody whose lease has ended has
    /// <see cref="SigningRequest.IsAnswerLost"/> set.
    /// </summary>
    /// <exception cref="SigningRequestStoreException">
    /// The store can't be read or written; nothing was handed out.
    /// </exception>
    Task<SigningRequestClaimResult> ClaimDueAsync(
        SigningRequestClaim claim,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Hands out the requests of a station that nobody holds, whether they are due or not, the oldest first: for a
    /// station that has connected. It must cost little if there are none, for most stations connect without any.
    /// </summary>
    /// <exception cref="SigningRequestStoreException">
    /// The store can't be read or written; nothing was handed out.
    /// </exception>
    Task<IReadOnlyList<SigningRequest>> ClaimForStationAsync(
        string station,
        SigningRequestClaim claim,
        CancellationToken cancellationToken = default
    );

    /// <summary>Renews all that an owner holds. What somebody else has claimed since stays theirs.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be written.</exception>
    Task RenewAsync(SigningRequestLease lease, CancellationToken cancellationToken = default);

    /// <summary>Ends the lease on a request before its time.</summary>
    /// <param name="id">The request.</param>
    /// <param name="owner">Who holds it.</param>
    /// <param name="dueAt">When its next step is due.</param>
    /// <param name="isOffered">
    /// Whether others who share the store are notified (<see cref="WatchAsync"/>), for they may be able to go on with
    /// it before it is due: its station may be connected to them.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><see langword="false"/> if the owner doesn't hold the request; then nothing is changed.</returns>
    /// <exception cref="SigningRequestStoreException">The store can't be written.</exception>
    Task<bool> ReleaseAsync(
        long id,
        string owner,
        DateTimeOffset dueAt,
        bool isOffered = false,
        CancellationToken cancellationToken = default
    );

    /// <summary>Ends all leases of an owner that stops; the next step of each request is due at once.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be written.</exception>
    Task ReleaseAllAsync(string owner, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reports what others who share the store release for anybody to go on with (<see cref="ReleaseAsync"/>,
    /// <see cref="ReleaseAllAsync"/>), until it is cancelled. A store that only one process has open reports nothing
    /// and ends at once: the default.
    /// </summary>
    /// <param name="offered">
    /// Called with the identity of the station whose request was released, perhaps more than once. Must not block.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SigningRequestStoreException">
    /// The store can't be read. Call the method again: what was released meanwhile is reported then.
    /// </exception>
    Task WatchAsync(Action<string> offered, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>A request by its number; <see langword="null"/> when there is none.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<SigningRequest?> FindAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// What decides whether a request is accepted. It must cost the same however many requests the store has: a station
    /// can have it looked up with each message.
    /// </summary>
    /// <param name="station">The identity of the station.</param>
    /// <param name="keyId">The key to be certified.</param>
    /// <param name="uses">What the certificate is for.</param>
    /// <param name="requestId">The station's id of the request; <see langword="null"/> if it sent none.</param>
    /// <param name="since">From when on requests count as recent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<SigningRequestUsage> GetUsageAsync(
        string station,
        PublicKeyId keyId,
        CertificateUses uses,
        int? requestId,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// The requests that are not finished, the oldest first: what a CSMS goes on with after a start or a connect.
    /// </summary>
    /// <param name="station">The station's identity; <see langword="null"/> for all stations.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequest>> ListUnfinishedAsync(
        string? station = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Requests in any state, the newest first: what an operator looks at.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequest>> ListAsync(
        SigningRequestFilter filter,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// The certificates that expire before a time, the first to expire first: of each station and type the one
    /// delivered last, for it has taken the place of those before.
    /// </summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequest>> ListExpiringAsync(
        DateTimeOffset before,
        CancellationToken cancellationToken = default
    );

    /// <summary>What happened with a request, in the order in which each happened first.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<SigningRequestEvent>> GetHistoryAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets the requests that were finished before a time, with their history. A certificate that may be in use is
    /// kept: the one that was delivered last of its station and type, until it has expired before that time.
    /// </summary>
    /// <returns>How many.</returns>
    /// <exception cref="SigningRequestStoreException">The store can't be written.</exception>
    Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
