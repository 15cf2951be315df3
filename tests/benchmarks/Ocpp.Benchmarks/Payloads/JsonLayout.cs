using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ocpp.Benchmarks.Payloads;

/// <summary>Other forms of the same JSON, as other stations send it.</summary>
internal static class JsonLayout
{
    private static readonly JsonSerializerOptions s_compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private static readonly JsonSerializerOptions s_indented = new(s_compact) { WriteIndented = true };

    /// <summary>The properties of every object in reverse, each list as it was.</summary>
    public static string Reversed(string json) => Reversed(JsonNode.Parse(json))!.ToJsonString(s_compact);

    public static string Indented(string json) => JsonNode.Parse(json)!.ToJsonString(s_indented);

    private static JsonNode? Reversed(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Reverse().Select(member => KeyValuePair.Create(member.Key, Reversed(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Reversed)]),
            _ => node?.DeepClone(),
        };
}
