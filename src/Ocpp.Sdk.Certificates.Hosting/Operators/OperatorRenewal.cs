using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Hosting.Operators;

/// <summary>A renewal that an operator's program asks for.</summary>
/// <param name="Uses">What the certificate is for.</param>
/// <param name="EvseId">The EVSE whose ISO 15118 controller it is for; <see langword="null"/> for the station.</param>
internal sealed record OperatorRenewal(
    [property: JsonConverter(typeof(JsonStringEnumConverter<CertificateUses>))] CertificateUses Uses,
    int? EvseId
);
