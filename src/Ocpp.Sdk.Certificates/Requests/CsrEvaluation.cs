using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Certificates.Requests;

/// <summary>The result of a <see cref="CsrPolicy"/>.</summary>
/// <param name="Request">The CSR; <see langword="null"/> when it can't be read.</param>
/// <param name="Refusals">Why it is refused; empty when it is accepted.</param>
/// <param name="Tolerated">Findings that the operator tolerates. They must be reported.</param>
public sealed record CsrEvaluation(
    CertificateSigningRequest? Request,
    IReadOnlyList<CsrFinding> Refusals,
    IReadOnlyList<CsrFinding> Tolerated
)
{
    /// <summary>Whether the CSR may go to the certificate authority.</summary>
    [MemberNotNullWhen(true, nameof(Request))]
    public bool IsAccepted => Request is not null && Refusals.Count == 0;

    /// <summary>
    /// Why the CSMS rejects the CSR: the first refusal; <see langword="null"/> if there is none.
    /// </summary>
    public RejectionReason? Rejection =>
        Refusals.Count == 0 ? null : new RejectionReason(Refusals[0].ReasonCode, Refusals[0].Reason);

    /// <summary>The evaluation with a further finding, which the policy refuses or tolerates.</summary>
    internal CsrEvaluation With(CsrFinding finding, CsrPolicy policy) =>
        policy.Tolerated.Contains(finding.Check)
            ? this with
            {
                Tolerated = [.. Tolerated, finding],
            }
            : this with
            {
                Refusals = [.. Refusals, finding],
            };

    /// <summary>The evaluation on one line, for the operator.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            [
                Refusals.Count == 0 ? "Accepted." : "Refused.",
                .. Refusals.Select(finding => finding.Reason),
                .. Tolerated.Select(finding => $"Tolerated: {finding.Reason}"),
            ]
        );
}
