using System.Text.Json.Serialization;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Hosting.Operators;

/// <summary>A signing request, as an operator's program reads it: without the CSR and the chain.</summary>
internal sealed record OperatorSigningRequest(
    long Id,
    string Station,
    [property: JsonConverter(typeof(JsonStringEnumConverter<CertificateUses>))] CertificateUses Uses,
    [property: JsonConverter(typeof(JsonStringEnumConverter<SigningRequestState>))] SigningRequestState State,
    string Reason,
    DateTimeOffset ReceivedAt,
    DateTimeOffset ChangedAt,
    bool IsFinished,
    string KeyId,
    string? CertificateSerialNumber,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<OperatorSigningEvent>? History
)
{
    public static OperatorSigningRequest Of(
        SigningRequest request,
        IReadOnlyList<SigningRequestEvent>? history = null
    ) =>
        new(
            request.Id,
            request.Station,
            request.Uses,
            request.State,
            request.Reason,
            request.ReceivedAt,
            request.ChangedAt,
            request.IsFinished,
            request.KeyId.ToString(),
            request.CertificateSerialNumber,
            request.ExpiresAt,
            history is null ? null : [.. history.Select(OperatorSigningEvent.Of)]
        );
}
