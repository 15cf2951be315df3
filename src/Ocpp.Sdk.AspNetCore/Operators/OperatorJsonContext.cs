using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocpp.AspNetCore.Operators;

/// <summary>Writes what the REST API over stations returns, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OperatorPage))]
[JsonSerializable(typeof(OperatorViolation[]))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OperatorJsonContext : JsonSerializerContext;
