namespace Ocpp.Certificates.Storage;

/// <summary>Which requests <see cref="ISigningRequestStore.ClaimDueAsync"/> hands out, and to whom.</summary>
public sealed record SigningRequestClaim
{
    /// <summary>The states in which a request is unfinished.</summary>
    public static IReadOnlyList<SigningRequestState> Unfinished { get; } =
    [
        SigningRequestState.Received,
        SigningRequestState.Forwarded,
        SigningRequestState.Waiting,
        SigningRequestState.Issued,
        SigningRequestState.Sent,
    ];

    /// <summary>Who claims, and for how long. What the owner holds already is not handed out to it again.</summary>
    public required SigningRequestLease Lease { get; init; }

    /// <summary>The maximum number of requests. Defaults to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>The states of the requests. Defaults to <see cref="Unfinished"/>.</summary>
    public IReadOnlyList<SigningRequestState> States { get; init; } = Unfinished;

    /// <summary>
    /// What the certificates are for, such as those of one authority. Defaults to <see langword="null"/>: anything.
    /// </summary>
    public IReadOnlyList<CertificateUses>? Uses { get; init; }

    /// <summary>Stations whose requests are not handed out now. Empty by default.</summary>
    public IReadOnlyCollection<string> ExceptStations { get; init; } = [];
}
