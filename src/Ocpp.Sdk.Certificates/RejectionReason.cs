namespace Ocpp.Certificates;

/// <summary>Why something was rejected, in the form in which OCPP sends a reason. OCPP 1.6 sends none.</summary>
/// <param name="ReasonCode">The reason as a code of OCPP, such as <c>InvalidCSR</c>.</param>
/// <param name="AdditionalInfo">The reason as a sentence; may be empty.</param>
public sealed record RejectionReason(string ReasonCode, string AdditionalInfo);
