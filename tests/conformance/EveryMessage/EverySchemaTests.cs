using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Ocpp.EveryMessage.Schemas;
using Xunit;

namespace Ocpp.EveryMessage;

/// <summary>What <see cref="JsonSchemaExporter"/> says about a payload is what its schema file demands.</summary>
public sealed class EverySchemaTests
{
    private const string Definitions = "#/definitions/";

    private static readonly JsonSchemaExporterOptions s_options = new()
    {
        TransformSchemaNode = JsonSchemas.TransformSchemaNode,
    };

    private static readonly string[] s_demands =
    [
        "type",
        "properties",
        "required",
        "items",
        "maxLength",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
        "multipleOf",
        "enum",
        "format",
    ];

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void The_exported_schema_is_that_of_the_file(string payloadName)
    {
        SchemaFile file = SchemaFile.Get(payloadName);
        JsonObject root = JsonNode.Parse(file.Text)!.AsObject();

        JsonNode exported = JsonContext.Default.Options.GetJsonSchemaAsNode(file.Type.Type, s_options);

        JsonObject expected = Demands(root, root);
        JsonObject actual = Demands(exported.AsObject(), root);
        Assert.True(JsonNode.DeepEquals(actual, exported), $"More than the files have: {exported.ToJsonString()}");
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected.ToJsonString()}\n{actual.ToJsonString()}");
    }

    /// <summary>
    /// What a schema demands, with references written out, without descriptions, and without an enumeration's
    /// additionalProperties.
    /// </summary>
    private static JsonObject Demands(JsonObject schema, JsonObject root)
    {
        if (schema["$ref"] is { } reference)
        {
            return Demands(root["definitions"]![reference.GetValue<string>()[Definitions.Length..]]!.AsObject(), root);
        }

        var demands = new JsonObject();
        foreach (string keyword in s_demands)
        {
            // An object without properties has none to demand, whether the file lists none or says nothing.
            if (schema[keyword] is { } value and not JsonObject { Count: 0 })
            {
                demands[keyword] = keyword switch
                {
                    "properties" => new JsonObject(
                        value
                            .AsObject()
                            .Select(property =>
                                KeyValuePair.Create(property.Key, (JsonNode?)Demands(property.Value!.AsObject(), root))
                            )
                    ),
                    "items" => Demands(value.AsObject(), root),
                    "required" => InOrderOf(schema["properties"]!.AsObject(), value.AsArray()),
                    _ => value.DeepClone(),
                };
            }
        }

        if (
            schema["type"]?.GetValue<string>() == "object"
            && schema["additionalProperties"]?.GetValueKind() == JsonValueKind.False
        )
        {
            demands["additionalProperties"] = false;
        }

        return demands;
    }

    private static JsonArray InOrderOf(JsonObject properties, JsonArray required)
    {
        HashSet<string> names = [.. required.Select(name => name!.GetValue<string>())];
        return
        [
            .. properties.Where(property => names.Contains(property.Key)).Select(property => (JsonNode)property.Key),
        ];
    }
}
