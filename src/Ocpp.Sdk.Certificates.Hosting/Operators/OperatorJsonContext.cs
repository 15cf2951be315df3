using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Hosting.Operators;

/// <summary>Reads and writes what the REST API over signing requests has, without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(OperatorSigningRequest[]))]
[JsonSerializable(typeof(OperatorRenewal))]
[JsonSerializable(typeof(OperatorRenewalResult))]
internal sealed partial class OperatorJsonContext : JsonSerializerContext;
