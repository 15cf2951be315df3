using System.Text.Json.Serialization;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Hosting.Operators;

/// <summary>A state that a signing request has had, as an operator's program reads it.</summary>
/// <param name="State">The state.</param>
/// <param name="At">When, for the first time.</param>
/// <param name="Reason">Why, as a sentence; may be empty.</param>
/// <param name="LastAt">When, for the last time.</param>
/// <param name="Count">How often.</param>
internal sealed record OperatorSigningEvent(
    [property: JsonConverter(typeof(JsonStringEnumConverter<SigningRequestState>))] SigningRequestState State,
    DateTimeOffset At,
    string Reason,
    DateTimeOffset LastAt,
    int Count
)
{
    public static OperatorSigningEvent Of(SigningRequestEvent occurred) =>
        new(occurred.State, occurred.At, occurred.Reason, occurred.LastAt, occurred.Count);
}
