using System.Globalization;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>
/// Writes the JSON schemas of all types, by their C# names. They have a class of their own, to which no other generated
/// code refers: a trimmed program that does not use it does not hold the text.
/// </summary>
internal static class SchemasEmitter
{
    private const string JsonNode = "global::System.Text.Json.Nodes.JsonNode";

    public static GeneratedSource Emit(SchemaSet set)
    {
        string name = set.ClassPrefix + "JsonSchemas";
        return TypeEmitter.File(set.Namespace, name, Schemas(set, name));
    }

    private static SourceCode Schemas(SchemaSet set, string name) =>
        $$""""
        {{DocComment.Summary(
            $"The JSON schemas of the types of <c>{DocComment.Escape(set.Protocol)}</c>, without descriptions: "
            + "for <c>JsonSchemaExporter</c> and OpenAPI.")}}
        {{Names.GeneratedCode}}
        public static partial class {{name}}
        {
            private static readonly global::Ocpp.Json.OcppJsonSchemas s_schemas = new(typeof({{name}}), Utf8);

            private static global::System.ReadOnlySpan<byte> Utf8 =>
                """
                {
                {{SourceCode.Lines(set.Types, static type => $"\"{type.Type.Name}\":{Schema(type.Type)}", ",")}}
                }
                """u8;

            /// <summary>Makes the schema of a type, in which other types are written out where they are used.</summary>
            /// <returns>A new schema in each call; null if the protocol does not have the type.</returns>
            public static {{JsonNode}}? Get(global::System.Type type) => s_schemas.Get(type);

            /// <summary>Gives the protocol's types their schemas: for <c>JsonSchemaExporterOptions.TransformSchemaNode</c>.</summary>
            public static {{JsonNode}} TransformSchemaNode(
                global::System.Text.Json.Schema.JsonSchemaExporterContext context, {{JsonNode}} schema) =>
                s_schemas.Transform(context, schema);
        }
        """";

    private static string Schema(TypeModel type) =>
        type is EnumModel model ? OfEnum(model) : OfObject((ObjectModel)type);

    // Names on the wire have no character that JSON or C# would escape: the parser refuses them.
    private static string OfEnum(EnumModel model)
    {
        string names = string.Join(",", model.Values.Select(static value => Quote(value.JsonName)));
        return $"{{\"type\":\"string\",\"enum\":[{names}]}}";
    }

    private static string OfObject(ObjectModel model)
    {
        var keywords = new List<string> { "\"type\":\"object\"" };
        if (model.Properties.Count > 0)
        {
            IEnumerable<string> properties = model.Properties.Select(static property =>
                $"{Quote(property.JsonName)}:{Of(property.Value)}"
            );
            keywords.Add($"\"properties\":{{{string.Join(",", properties)}}}");
        }

        string[] required =
        [
            .. model
                .Properties.Where(static property => property.IsRequired)
                .Select(static property => Quote(property.JsonName)),
        ];
        if (required.Length > 0)
        {
            keywords.Add($"\"required\":[{string.Join(",", required)}]");
        }

        if (!model.IsOpen)
        {
            keywords.Add("\"additionalProperties\":false");
        }

        return $"{{{string.Join(",", keywords)}}}";
    }

    private static string Of(ValueModel value) => $"{{{string.Join(",", Keywords(value))}}}";

    private static IEnumerable<string> Keywords(ValueModel value)
    {
        switch (value.Kind)
        {
            case ValueKind.Object or ValueKind.Enum:
                yield return $"\"$ref\":{Quote(value.TypeName!)}";
                yield break;
            case ValueKind.Any:
                yield break;
            case ValueKind.DateTime:
                yield return "\"type\":\"string\"";
                yield return "\"format\":\"date-time\"";
                break;
            case ValueKind.Array:
                yield return "\"type\":\"array\"";
                yield return $"\"items\":{Of(value.Item!)}";
                break;
            default:
                yield return $"\"type\":{Quote(JsonType(value.Kind))}";
                break;
        }

        if (value.IsUri)
        {
            yield return "\"format\":\"uri\"";
        }

        (string Keyword, decimal? Number)[] limits =
        [
            ("minItems", value.MinItems),
            ("maxItems", value.MaxItems),
            ("maxLength", value.MaxLength),
            ("minimum", value.Minimum),
            ("maximum", value.Maximum),
            ("multipleOf", value.MultipleOf),
        ];
        foreach ((string keyword, decimal? number) in limits)
        {
            if (number is { } limit)
            {
                string digits = limit.ToString("0.#############################", CultureInfo.InvariantCulture);
                yield return $"\"{keyword}\":{digits}";
            }
        }
    }

    private static string JsonType(ValueKind kind) =>
        kind switch
        {
            ValueKind.Integer => "integer",
            ValueKind.Decimal => "number",
            ValueKind.Boolean => "boolean",
            _ => "string",
        };

    private static string Quote(string text) => $"\"{text}\"";
}
