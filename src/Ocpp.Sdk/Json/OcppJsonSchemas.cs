using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Ocpp.Json;

/// <summary>
/// The JSON schemas of a protocol's types. Each has a converter of its own, of which <see cref="JsonSchemaExporter"/>
/// knows nothing: by itself it says <c>true</c>, which means any JSON.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OcppJsonSchemas
{
    private const string Reference = "$ref";

    private readonly Dictionary<string, JsonElement> _schemas = new(StringComparer.Ordinal);
    private readonly Type _sibling;

    /// <summary>Reads the schemas.</summary>
    /// <param name="sibling">A type of the assembly and the namespace that the protocol's types are in.</param>
    /// <param name="utf8Schemas">
    /// An object that has the schema of each type by its C# name, in which the <c>$ref</c> to a type is its C# name.
    /// </param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public OcppJsonSchemas(Type sibling, ReadOnlySpan<byte> utf8Schemas)
    {
        ArgumentNullException.ThrowIfNull(sibling);
        _sibling = sibling;
        var reader = new Utf8JsonReader(utf8Schemas);
        foreach (JsonProperty schema in JsonElement.ParseValue(ref reader).EnumerateObject())
        {
            _schemas.Add($"{sibling.Namespace}.{schema.Name}", schema.Value);
        }
    }

    /// <summary>
    /// Makes the schema of a type, complete in itself: other types are written out where they are used. What a type has
    /// of its own kind within itself is any JSON.
    /// </summary>
    /// <returns>A new schema in each call; null if the protocol does not have the type.</returns>
    public JsonNode? Get(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Assembly == _sibling.Assembly && type.FullName is { } name && _schemas.ContainsKey(name)
            ? Expand(name, [])
            : null;
    }

    /// <summary>
    /// Puts the schemas of the protocol's types into the place of those that say <c>true</c>: for
    /// <see cref="JsonSchemaExporterOptions.TransformSchemaNode"/>.
    /// </summary>
    /// <returns>The schema as it came where none of the protocol's types is.</returns>
    public JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        JsonTypeInfo typeInfo = context.TypeInfo;
        if (Get(typeInfo.Type, context.PropertyInfo) is { } own)
        {
            return own;
        }

        if (schema is JsonObject parent)
        {
            AddWhatIsLeftOut(typeInfo, parent);
        }

        return schema;
    }

    /// <summary>
    /// The exporter leaves out items that are <c>true</c>, and does not ask about those of a constructor's parameters
    /// that have a default value: they are seen from what holds them.
    /// </summary>
    private void AddWhatIsLeftOut(JsonTypeInfo typeInfo, JsonObject parent)
    {
        string? items = typeInfo.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "items",
            JsonTypeInfoKind.Dictionary => "additionalProperties",
            _ => null,
        };
        if (
            items is not null
            && typeInfo.ElementType is { } element
            && !parent.ContainsKey(items)
            && Get(element, null) is { } item
        )
        {
            parent.Add(items, item);
        }

        foreach (JsonPropertyInfo property in typeInfo.Properties)
        {
            if (
                parent["properties"]?[property.Name] is JsonObject schema
                && !schema.ContainsKey("type")
                && Get(property.PropertyType, property) is { } own
            )
            {
                foreach ((string keyword, JsonNode? value) in own)
                {
                    schema.TryAdd(keyword, value?.DeepClone());
                }
            }
        }
    }

    private JsonObject? Get(Type type, JsonPropertyInfo? property)
    {
        Type? underlying = Nullable.GetUnderlyingType(type);
        if (Get(underlying ?? type) is not JsonObject schema)
        {
            return null;
        }

        if (underlying is not null || property is { IsGetNullable: true } or { IsSetNullable: true })
        {
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
            (schema["enum"] as JsonArray)?.Add(null);
        }

        return schema;
    }

    private JsonNode? Expand(string name, HashSet<string> around)
    {
        if (!around.Add(name))
        {
            return new JsonObject();
        }

        JsonNode? schema = Expand(_schemas[name], around);
        around.Remove(name);
        return schema;
    }

    private JsonNode? Expand(JsonElement schema, HashSet<string> around) =>
        schema.ValueKind switch
        {
            JsonValueKind.Object
                when schema.TryGetProperty(Reference, out JsonElement type) && type.ValueKind == JsonValueKind.String =>
                Expand($"{_sibling.Namespace}.{type.GetString()}", around),
            JsonValueKind.Object => new JsonObject(
                schema
                    .EnumerateObject()
                    .Select(property => KeyValuePair.Create(property.Name, Expand(property.Value, around)))
            ),
            JsonValueKind.Array => new JsonArray([.. schema.EnumerateArray().Select(item => Expand(item, around))]),
            _ => JsonValue.Create(schema),
        };
}
