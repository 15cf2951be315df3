using System.Text.Json.Serialization;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>How the messages are written.</summary>
[JsonSerializable(typeof(ShowText))]
[JsonSerializable(typeof(ShownText))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
internal sealed partial class VendorJsonContext : JsonSerializerContext;
