using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Storage;

/// <summary>A request that a CSMS accepted from a station, and its state.</summary>
public sealed record SigningRequest
{
    /// <summary>The store's number for it.</summary>
    public required long Id { get; init; }

    /// <summary>Goes up with each change of the request; a transition names the version that it expects.</summary>
    public long Version { get; init; } = 1;

    /// <summary>
    /// When the next step is due; while somebody holds the request, when the lease ends. <see langword="null"/> once it
    /// is finished.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// Who works on the request (<see cref="SigningRequestLease.Owner"/>); <see langword="null"/> if nobody does.
    /// </summary>
    public string? LeaseOwner { get; init; }

    /// <summary>The identity of the station that asks.</summary>
    public required string Station { get; init; }

    /// <summary>The key to be certified.</summary>
    public required PublicKeyId KeyId { get; init; }

    /// <summary>What the station asked for, which CertificateSigned repeats (A02.FR.14).</summary>
    public required CertificateUses Uses { get; init; }

    /// <summary>
    /// The station's id of the request, which CertificateSigned repeats (A02.FR.25); <see langword="null"/> if the
    /// station sent none, as in OCPP 1.6 and 2.0.1.
    /// </summary>
    public int? RequestId { get; init; }

    /// <summary>
    /// The root that the certificate is to lead to (A02.FR.27); <see langword="null"/> if the station named none.
    /// </summary>
    public CertificateHash? RootCertificate { get; init; }

    /// <summary>The CSR in PEM.</summary>
    public required string Csr { get; init; }

    /// <summary>The state.</summary>
    public required SigningRequestState State { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it came into this state.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why it is in this state, as a sentence for the operator; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How often the authority was asked.</summary>
    public int Attempts { get; init; }

    /// <summary>How often CertificateSigned was sent to the station.</summary>
    public int Deliveries { get; init; }

    /// <summary>
    /// Whether the authority was asked by a process that has ended or lost its lease, and the answer was lost with it:
    /// the one case in which a request that is <see cref="SigningRequestState.Forwarded"/> may be forwarded again. Set
    /// by the store.
    /// </summary>
    public bool IsAnswerLost { get; init; }

    /// <summary>When to ask the authority again, while <see cref="SigningRequestState.Waiting"/>.</summary>
    public DateTimeOffset? AskAgainAt { get; init; }

    /// <summary>What to ask the authority with the next time, where it gave something.</summary>
    public string? Ticket { get; init; }

    /// <summary>The chain in PEM, from <see cref="SigningRequestState.Issued"/> on.</summary>
    public string? Chain { get; init; }

    /// <summary>
    /// The serial number of the certificate in hexadecimal, by which its authority identifies it, such as to revoke it.
    /// </summary>
    public string? CertificateSerialNumber { get; init; }

    /// <summary>Until when the certificate is valid.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether the state is final.</summary>
    public bool IsFinished =>
        State is SigningRequestState.Delivered or SigningRequestState.Rejected or SigningRequestState.Failed;
}
