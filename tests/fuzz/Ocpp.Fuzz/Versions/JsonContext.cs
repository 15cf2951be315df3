using System.Text.Json.Serialization;

namespace Ocpp.Fuzz.Versions;

/// <summary>The types of the chosen version, under the name that the shared code of the tests has for them.</summary>
internal static class JsonContext
{
    public static JsonSerializerContext Default => FuzzedVersion.Chosen.JsonContext;
}
