using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Authorities;

/// <summary>Reads and writes <see cref="CfsslMessages"/> without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata
)]
[JsonSerializable(typeof(CfsslMessages.InfoRequest))]
[JsonSerializable(typeof(CfsslMessages.SignRequest))]
[JsonSerializable(typeof(CfsslMessages.AuthenticatedRequest))]
[JsonSerializable(typeof(CfsslMessages.Response))]
internal sealed partial class CfsslJson : JsonSerializerContext;
