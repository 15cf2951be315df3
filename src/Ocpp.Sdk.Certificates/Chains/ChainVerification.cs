using System.Diagnostics.CodeAnalysis;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Chains;

/// <summary>The result of a <see cref="ChainVerifier"/>.</summary>
public sealed record ChainVerification
{
    private ChainVerification() { }

    /// <summary>What is wrong; <see langword="null"/> if the chain is accepted.</summary>
    public ChainFault? Fault { get; private init; }

    /// <summary>
    /// What is wrong, as a sentence for a log; empty if the chain is accepted. It quotes nothing of the chain.
    /// </summary>
    public string Reason { get; private init; } = "";

    /// <summary>The CSR that the chain is for; <see langword="null"/> if the chain is refused.</summary>
    public CertificateSigningRequest? Request { get; private init; }

    /// <summary>
    /// The station's certificate and the intermediates up to the operator's root, without the root;
    /// <see langword="null"/> if the chain is refused.
    /// </summary>
    public CertificateChain? Chain { get; private init; }

    /// <summary>
    /// Deviations for which the chain was not refused, as sentences: another order, certificates that do not belong to
    /// the chain.
    /// </summary>
    public IReadOnlyList<string> Deviations { get; private init; } = [];

    /// <summary>Whether the chain is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Request), nameof(Chain))]
    [MemberNotNullWhen(false, nameof(Fault), nameof(Rejection))]
    public bool IsAccepted => Fault is null && Request is not null && Chain is not null;

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
        CertificateSigningRequest request,
        CertificateChain chain,
        IReadOnlyList<string> deviations
    ) =>
        new()
        {
            Request = request,
            Chain = chain,
            Deviations = deviations,
        };

    internal static ChainVerification Refuse(ChainFault fault, string reason) =>
        new() { Fault = fault, Reason = reason };

    /// <summary>The verification in one line.</summary>
    public override string ToString() => IsAccepted ? "Accepted." : $"Refused: {Reason}";
}
