using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ocpp.Tool.Reference;

/// <summary>Writes examples with no escapes but those that JSON demands, the same on every machine.</summary>
internal static class ExampleText
{
    private static readonly JsonSerializerOptions s_oneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions s_indented = new(s_oneLine) { WriteIndented = true, NewLine = "\n" };

    public static string OneLine(JsonNode json) => json.ToJsonString(s_oneLine);

    public static string Indented(JsonNode json) => json.ToJsonString(s_indented);
}
