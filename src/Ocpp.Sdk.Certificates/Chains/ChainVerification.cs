using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Chains;

/// <summary>What a <see cref="ChainVerifier"/> says of a chain.</summary>
public sealed record ChainVerification
{
    private ChainVerification(X509Certificate2Collection certificates) => Certificates = certificates;

    /// <summary>What is wrong; <see langword="null"/> when the chain is accepted.</summary>
    public ChainFault? Fault { get; private init; }

    /// <summary>
    /// What is wrong, as a sentence for a log; empty when the chain is accepted. It quotes nothing of the chain.
    /// </summary>
    public string Reason { get; private init; } = "";

    /// <summary>Which of the pending certificates it is; <see langword="null"/> when the chain is refused.</summary>
    public PendingCertificate? Pending { get; private init; }

    /// <summary>
    /// What leads to the operator's root, the station's certificate first, without the root; empty when the chain is
    /// refused. The caller's to dispose.
    /// </summary>
    public X509Certificate2Collection Certificates { get; }

    /// <summary>
    /// What the CSMS should have sent otherwise although the chain is accepted, as sentences: another order,
    /// certificates that lead nowhere.
    /// </summary>
    public IReadOnlyList<string> Deviations { get; private init; } = [];

    /// <summary>Whether the chain is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Pending))]
    [MemberNotNullWhen(false, nameof(Fault), nameof(Rejection))]
    public bool IsAccepted => Fault is null && Pending is not null;

    /// <summary>
    /// Why the station rejects the chain (A02.FR.07); <see langword="null"/> if the chain is accepted.
    /// </summary>
    public RejectionReason? Rejection =>
        Fault is null
            ? null
            : new RejectionReason(
                Fault switch
                {
                    ChainFault.TooLong => "TooLargeElement",
                    ChainFault.UnknownRequest => "NotFound",
                    _ => "InvalidCertificate",
                },
                Reason
            );

    internal static ChainVerification Accept(
        PendingCertificate pending,
        X509Certificate2Collection certificates,
        IReadOnlyList<string> deviations
    ) => new(certificates) { Pending = pending, Deviations = deviations };

    internal static ChainVerification Refuse(ChainFault fault, string reason) =>
        new([]) { Fault = fault, Reason = reason };

    /// <summary>The verification in one line.</summary>
    public override string ToString() => IsAccepted ? "Accepted." : $"Refused: {Reason}";
}
