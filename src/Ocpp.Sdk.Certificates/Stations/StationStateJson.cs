using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Stations;

/// <summary>Reads and writes a <see cref="StationState"/> without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(CertificateUsesConverter)]
)]
[JsonSerializable(typeof(StationState))]
internal sealed partial class StationStateJson : JsonSerializerContext;
