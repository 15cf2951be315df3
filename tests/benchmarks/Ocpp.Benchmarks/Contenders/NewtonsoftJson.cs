using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;
using NJsonSchema;

namespace Ocpp.Benchmarks.Contenders;

/// <summary>
/// Newtonsoft.Json with the settings that OCPP needs, and the schemas of this repository for NJsonSchema.
/// </summary>
internal static class NewtonsoftJson
{
    public static JsonSerializerSettings CreateSettings() =>
        new()
        {
            ContractResolver = new CamelCasePropertyNamesContractResolver(),
            NullValueHandling = NullValueHandling.Ignore,
            Converters = { new StringEnumConverter() },
        };

    public static JsonSerializer CreateSerializer() => JsonSerializer.Create(CreateSettings());

    public static JsonSchema LoadSchema(string action)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Official", $"{action}Request.json");
        return JsonSchema.FromJsonAsync(File.ReadAllText(path)).GetAwaiter().GetResult();
    }
}
