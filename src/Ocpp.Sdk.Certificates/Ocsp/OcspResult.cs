using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Certificates.Ocsp;

/// <summary>The status of a certificate, or why it could not be found out.</summary>
public sealed record OcspResult
{
    private OcspResult() { }

    /// <summary>The status; <see langword="null"/> if it could not be found out.</summary>
    public OcspCertificateStatus? Status { get; private init; }

    /// <summary>Why the status could not be found out; <see langword="null"/> if it was.</summary>
    public OcspFailure? Failure { get; private init; }

    /// <summary>
    /// The same as a sentence for a log; empty if the status was found out. It quotes nothing of the query and of the
    /// response.
    /// </summary>
    public string Reason { get; private init; } = "";

    /// <summary>When the status was known to be correct (thisUpdate).</summary>
    public DateTimeOffset ThisUpdate { get; private init; }

    /// <summary>When newer information will be available; <see langword="null"/> if the response has no time.</summary>
    public DateTimeOffset? NextUpdate { get; private init; }

    /// <summary>When the certificate was revoked; <see langword="null"/> unless it was.</summary>
    public DateTimeOffset? RevokedAt { get; private init; }

    /// <summary>
    /// The response in DER as it was received and verified; empty if the status could not be found out.
    /// </summary>
    public ReadOnlyMemory<byte> Response { get; private init; }

    /// <summary>Whether the status was found out.</summary>
    [MemberNotNullWhen(true, nameof(Status))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsKnown => Status is not null && Failure is null;

    internal static OcspResult Failed(OcspFailure failure, string reason) =>
        new() { Failure = failure, Reason = reason };

    internal static OcspResult Of(OcspSingleResponse single, ReadOnlyMemory<byte> response) =>
        new()
        {
            Status = single.Status,
            ThisUpdate = single.ThisUpdate,
            NextUpdate = single.NextUpdate,
            RevokedAt = single.RevokedAt,
            Response = response,
        };

    /// <summary>The result in one line.</summary>
    public override string ToString() => IsKnown ? $"{Status}." : $"{Failure}: {Reason}";
}
