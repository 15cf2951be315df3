namespace Ocpp.Certificates;

/// <summary>An entry in the history of a signing request.</summary>
/// <param name="State">The state that it came into, or was in.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, as a sentence for the operator; may be empty.</param>
public sealed record SigningRequestEvent(SigningRequestState State, DateTimeOffset At, string Reason);
