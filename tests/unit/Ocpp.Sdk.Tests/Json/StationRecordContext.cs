using System.Text.Json.Serialization;
using Ocpp.V201;

namespace Ocpp.Tests.Json;

/// <summary>A user's own source-generated context; the naming policy is for the user's types and no others.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
[JsonSerializable(typeof(StationRecord))]
[JsonSerializable(typeof(List<SignCertificateRequest>))]
[JsonSerializable(typeof(Dictionary<string, SignCertificateRequest>))]
public sealed partial class StationRecordContext : JsonSerializerContext;
