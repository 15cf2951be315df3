using System.Text.Json.Serialization;

namespace Ocpp.Benchmarks.Models;

/// <summary>What System.Text.Json's own source generator makes of the models.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SignCertificateRecord))]
[JsonSerializable(typeof(SignCertificateClass))]
[JsonSerializable(typeof(BootNotificationRecord))]
[JsonSerializable(typeof(BootNotificationClass))]
internal sealed partial class ModelContext : JsonSerializerContext;
