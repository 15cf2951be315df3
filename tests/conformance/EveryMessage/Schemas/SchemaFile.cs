using System.Reflection;
using System.Text.Json;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>One file of the schema folder. Every file there takes part in the tests, whichever they are.</summary>
internal sealed class SchemaFile
{
    private static readonly string[] s_keywords =
    [
        "$schema",
        "$id",
        "comment",
        "description",
        "javaType",
        "definitions",
        "$ref",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "additionalItems",
        "items",
        "maxLength",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
        "multipleOf",
        "enum",
        "format",
        "default",
        "x-sender",
        "x-sensitive",
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, SchemaFile>> s_files = new(() =>
        Directory.GetFiles(FindFolder(), "*.json").Select(path => new SchemaFile(path)).ToDictionary(file => file.Name)
    );

    private readonly JsonElement _definitions;

    private SchemaFile(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        Text = File.ReadAllText(path);
        JsonElement root = JsonSerializer.Deserialize<JsonElement>(Text);
        _definitions = root.TryGetProperty("definitions", out JsonElement definitions) ? definitions : default;
        Sender = root.TryGetProperty("x-sender", out JsonElement sender) ? sender.GetString() : null;
        Root = (ObjectNode)ReadNode(root, Name);
        Judge = new Judge(Root, Text);
    }

    public static IEnumerable<SchemaFile> All =>
        s_files.Value.Values.OrderBy(file => file.Name, StringComparer.Ordinal);

    /// <summary>The payload's name, such as <c>SignCertificateRequest</c>.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>Who sends the payload, where the file says so.</summary>
    public string? Sender { get; }

    public ObjectNode Root { get; }

    public Judge Judge { get; }

    public PayloadType Type => PayloadType.Of(Name);

    public static SchemaFile Get(string name) => s_files.Value[name];

    /// <summary>The schemas of <c>ocpp2.1</c> are in the folder <c>ocpp-2.1</c>.</summary>
    private static string FindFolder() =>
        Path.Combine(
            typeof(SchemaFile)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "Schemas")
                .Value!,
            Protocol.Instance.Subprotocol.Insert("ocpp".Length, "-")
        );

    private SchemaNode ReadNode(JsonElement schema, string name)
    {
        // A keyword that these tests don't know would go untested without a word.
        foreach (JsonProperty property in schema.EnumerateObject())
        {
            if (!s_keywords.Contains(property.Name))
            {
                throw new NotSupportedException($"{Name}: the keyword {property.Name} has no tests.");
            }
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string definition = reference.GetString()!["#/definitions/".Length..];
            return ReadNode(_definitions.GetProperty(definition), definition);
        }

        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return new AnyNode();
        }

        return type.GetString() switch
        {
            "string" when schema.TryGetProperty("enum", out JsonElement values) => new EnumNode(
                name,
                [.. values.EnumerateArray().Select(value => value.GetString()!)]
            ),
            "string" when schema.TryGetProperty("format", out JsonElement format) => format.GetString() switch
            {
                "date-time" => new DateTimeNode(),
                "uri" => new UriNode((int?)ReadLimit(schema, "maxLength")),
                string other => throw new NotSupportedException(other),
                null => throw new NotSupportedException($"{Name}: a format that is null."),
            },
            "string" => new TextNode((int?)ReadLimit(schema, "maxLength")),
            "integer" => new IntegerNode((int?)ReadLimit(schema, "minimum"), (int?)ReadLimit(schema, "maximum")),
            "number" => new NumberNode(
                ReadLimit(schema, "minimum"),
                ReadLimit(schema, "maximum"),
                ReadLimit(schema, "multipleOf")
            ),
            "boolean" => new BooleanNode(),
            "array" => new ListNode(
                ReadNode(schema.GetProperty("items"), name),
                (int?)ReadLimit(schema, "minItems") ?? 0,
                (int?)ReadLimit(schema, "maxItems")
            ),
            "object" => ReadObject(schema, name),
            string other => throw new NotSupportedException($"{Name}: the type {other} has no tests."),
            null => throw new NotSupportedException($"{Name}: a type that is null."),
        };
    }

    private ObjectNode ReadObject(JsonElement schema, string name)
    {
        string[] required = schema.TryGetProperty("required", out JsonElement names)
            ? [.. names.EnumerateArray().Select(item => item.GetString()!)]
            : [];
        PropertyNode[] properties = schema.TryGetProperty("properties", out JsonElement members)
            ?
            [
                .. members
                    .EnumerateObject()
                    .Select(member => new PropertyNode(
                        member.Name,
                        ReadNode(member.Value, member.Name),
                        required.Contains(member.Name)
                    )),
            ]
            : [];
        bool isClosed =
            schema.TryGetProperty("additionalProperties", out JsonElement additional)
            && additional.ValueKind == JsonValueKind.False;
        return new ObjectNode(name, properties, !isClosed);
    }

    private static decimal? ReadLimit(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement limit) ? limit.GetDecimal() : null;
}
