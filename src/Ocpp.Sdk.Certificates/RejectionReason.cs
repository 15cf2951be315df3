namespace Ocpp.Certificates;

/// <summary>Why something was rejected, in the form in which OCPP sends a reason. OCPP 1.6 sends none.</summary>
/// <param name="ReasonCode">The reason as a code of OCPP, such as <c>InvalidCSR</c>.</param>
/// <param name="AdditionalInfo">The reason as a sentence; may be empty.</param>
public sealed record RejectionReason(string ReasonCode, string AdditionalInfo)
{
    /// <summary>
    /// <see cref="AdditionalInfo"/>, cut to the length that a version of OCPP can send; <see langword="null"/> if it is
    /// empty.
    /// </summary>
    /// <param name="maxLength">The longest text of the field, in characters.</param>
    public string? AdditionalInfoOf(int maxLength) =>
        AdditionalInfo.Length == 0 ? null
        : AdditionalInfo.Length <= maxLength ? AdditionalInfo
        : AdditionalInfo[..maxLength];
}
