using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocpp.Schemas.Model;

namespace Ocpp.Benchmarks.ModelWriter;

/// <summary>A payload for every message, each list with one item.</summary>
/// <param name="set">All types.</param>
/// <param name="isMinimal">Required properties only, instead of each there may be.</param>
internal sealed class SamplePayloads(SchemaSet set, bool isMinimal)
{
    private readonly Dictionary<string, TypeModel> _types = set
        .Types.Select(placed => placed.Type)
        .ToDictionary(type => type.Name);

    /// <summary>The C# names of the messages, in ordinal order.</summary>
    public static IEnumerable<string> MessagesOf(SchemaSet set) =>
        set
            .Actions.SelectMany(action => (string?[])[action.Request, action.Response])
            .OfType<string>()
            .Order(StringComparer.Ordinal);

    /// <summary>A JSON object with a member for each message.</summary>
    public string ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                output,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            writer.WriteStartObject();
            foreach (string message in MessagesOf(set))
            {
                writer.WritePropertyName(message);
                Write(writer, (ObjectModel)_types[message]);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private void Write(Utf8JsonWriter writer, ObjectModel type)
    {
        writer.WriteStartObject();
        foreach (PropertyModel property in type.Properties.Where(property => property.IsRequired || !isMinimal))
        {
            writer.WritePropertyName(property.JsonName);
            Write(writer, property.Value);
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, ValueModel value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text when value.IsUri:
                writer.WriteStringValue("urn:a:b");
                break;
            case ValueKind.Text:
                writer.WriteStringValue("text"[..Math.Min(4, value.MaxLength ?? 4)]);
                break;
            case ValueKind.Integer or ValueKind.Decimal:
                writer.WriteNumberValue(value.Minimum ?? Math.Min(3, value.Maximum ?? 3));
                break;
            case ValueKind.Boolean:
                writer.WriteBooleanValue(true);
                break;
            case ValueKind.DateTime:
                writer.WriteStringValue("2026-01-31T12:34:56Z");
                break;
            case ValueKind.Any:
                // An object: other implementations take nothing else, though the schema does.
                writer.WriteStartObject();
                writer.WriteString("any", "thing");
                writer.WriteEndObject();
                break;
            case ValueKind.Enum:
                writer.WriteStringValue(((EnumModel)_types[value.TypeName!]).Values[0].JsonName);
                break;
            case ValueKind.Object:
                Write(writer, (ObjectModel)_types[value.TypeName!]);
                break;
            default:
                writer.WriteStartArray();
                for (int i = 0; i < Math.Max(1, value.MinItems ?? 1); i++)
                {
                    Write(writer, value.Item!);
                }

                writer.WriteEndArray();
                break;
        }
    }
}
