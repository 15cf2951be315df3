using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Hosting.Operators;

/// <summary>How a station responded to a renewal.</summary>
/// <param name="Status">If it is Accepted, the station sends a request.</param>
/// <param name="ReasonCode">Why it is not Accepted, as a code of OCPP; <see langword="null"/> without one.</param>
/// <param name="AdditionalInfo">The reason as a sentence of the station; may be empty.</param>
internal sealed record OperatorRenewalResult(
    [property: JsonConverter(typeof(JsonStringEnumConverter<SigningStatus>))] SigningStatus Status,
    string? ReasonCode,
    string? AdditionalInfo
)
{
    public static OperatorRenewalResult Of(SigningResponse response) =>
        new(response.Status, response.Reason?.ReasonCode, response.Reason?.AdditionalInfo);
}
