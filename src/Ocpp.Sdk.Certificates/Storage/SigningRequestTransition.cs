using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Storage;

/// <summary>
/// A transition of a request from one state to the next. Which transition can follow which state is decided here, for
/// all stores.
/// </summary>
public sealed class SigningRequestTransition
{
    private readonly string _reason;
    private readonly CertificateChain? _chain;
    private readonly DateTimeOffset? _askAgainAt;
    private readonly string? _ticket;

    private SigningRequestTransition(
        SigningRequestState to,
        string reason = "",
        CertificateChain? chain = null,
        DateTimeOffset? askAgainAt = null,
        string? ticket = null
    )
    {
        To = to;
        _reason = reason;
        _chain = chain;
        _askAgainAt = askAgainAt;
        _ticket = ticket;
    }

    /// <summary>
    /// Identifies this transition, so that a store can recognise it when it is repeated because the answer was lost.
    /// </summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The state that the transition leads to.</summary>
    public SigningRequestState To { get; }

    /// <summary>
    /// The authority is about to be asked. Take this transition before asking: a request is asked for a second time
    /// only if the authority answered so (<see cref="Waiting"/>), or if its answer was lost.
    /// </summary>
    public static SigningRequestTransition Forwarded() => new(SigningRequestState.Forwarded);

    /// <summary>The authority is to be asked again.</summary>
    public static SigningRequestTransition Waiting(DateTimeOffset askAgainAt, string reason, string? ticket = null) =>
        new(SigningRequestState.Waiting, reason, askAgainAt: askAgainAt, ticket: ticket);

    /// <summary>The authority has issued.</summary>
    public static SigningRequestTransition Issued(CertificateChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return new(SigningRequestState.Issued, chain: chain);
    }

    /// <summary>
    /// CertificateSigned is about to be sent, for the first time or again: the last answer of the station was lost.
    /// </summary>
    public static SigningRequestTransition Sent() => new(SigningRequestState.Sent);

    /// <summary>The station has the certificate.</summary>
    /// <param name="reason">What shows that, if it isn't the answer to CertificateSigned.</param>
    public static SigningRequestTransition Delivered(string reason = "") => new(SigningRequestState.Delivered, reason);

    /// <summary>The station rejected.</summary>
    public static SigningRequestTransition Rejected(string reason) => new(SigningRequestState.Rejected, reason);

    /// <summary>There will be no certificate.</summary>
    public static SigningRequestTransition Failed(string reason) => new(SigningRequestState.Failed, reason);

    /// <summary>The request after this transition.</summary>
    /// <exception cref="InvalidOperationException">
    /// The transition can't follow the request's state, or the chain is for another key.
    /// </exception>
    public SigningRequest ApplyTo(SigningRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!CanFollow(request))
        {
            throw new InvalidOperationException(
                $"Signing request {request.Id} is {request.State}: it can't become {To}."
            );
        }

        if (_chain is not null && _chain.KeyId != request.KeyId)
        {
            throw new InvalidOperationException(
                $"The chain is for another key than that of signing request {request.Id}."
            );
        }

        bool isForwarded = To == SigningRequestState.Forwarded;
        bool isFinished =
            To is SigningRequestState.Delivered or SigningRequestState.Rejected or SigningRequestState.Failed;

        // A request that waits or is finished has no lease.
        string? leaseOwner = isFinished || To == SigningRequestState.Waiting ? null : request.LeaseOwner;
        return request with
        {
            State = To,
            Version = request.Version + 1,
            LeaseOwner = leaseOwner,
            DueAt =
                isFinished ? null
                : leaseOwner is null ? _askAgainAt ?? now
                : request.DueAt,
            ChangedAt = now,
            Reason = Reason(request),
            Attempts = request.Attempts + (isForwarded ? 1 : 0),
            Deliveries = request.Deliveries + (To == SigningRequestState.Sent ? 1 : 0),
            IsAnswerLost = false,
            AskAgainAt = _askAgainAt,
            Ticket = _ticket ?? (isForwarded ? request.Ticket : null),
            Chain = _chain?.Pem ?? request.Chain,
            CertificateSerialNumber = _chain?.SerialNumber ?? request.CertificateSerialNumber,
            ExpiresAt = _chain?.NotAfter ?? request.ExpiresAt,
        };
    }

    private bool CanFollow(SigningRequest request) =>
        (request.State, To) switch
        {
            (SigningRequestState.Received or SigningRequestState.Waiting, SigningRequestState.Forwarded) => true,
            (SigningRequestState.Forwarded, SigningRequestState.Forwarded) => request.IsAnswerLost,
            (SigningRequestState.Forwarded, SigningRequestState.Waiting or SigningRequestState.Issued) => true,
            (SigningRequestState.Issued or SigningRequestState.Sent, SigningRequestState.Sent) => true,
            (SigningRequestState.Sent, SigningRequestState.Delivered or SigningRequestState.Rejected) => true,
            (_, SigningRequestState.Failed) => !request.IsFinished,
            _ => false,
        };

    private string Reason(SigningRequest request) =>
        (request.State, To) switch
        {
            (SigningRequestState.Forwarded, SigningRequestState.Forwarded) =>
                "Asked again: the authority's answer was lost in a restart.",
            (SigningRequestState.Sent, SigningRequestState.Sent) => "Sent again: the station's answer did not come.",
            _ => _reason,
        };
}
