using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Certificates.Storage;

/// <summary>What became of a transition.</summary>
/// <param name="Outcome">Whether it was applied, or why not.</param>
/// <param name="Request">
/// The request as the store has it now: after the transition, or as somebody else has changed it;
/// <see langword="null"/> if there is no such request.
/// </param>
public sealed record SigningTransitionResult(SigningTransitionOutcome Outcome, SigningRequest? Request)
{
    /// <summary>Whether the transition was applied and kept.</summary>
    [MemberNotNullWhen(true, nameof(Request))]
    public bool IsApplied => Outcome == SigningTransitionOutcome.Applied;
}
