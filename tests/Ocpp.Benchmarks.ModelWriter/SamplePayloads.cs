using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocpp.Generators.Model;

namespace Ocpp.Benchmarks.ModelWriter;

/// <summary>A payload for every message: each property it may have, each list with one item.</summary>
internal static class SamplePayloads
{
    public static bool IsMessage(TypeModel type) =>
        type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("Response", StringComparison.Ordinal);

    /// <summary>A JSON object with a member for each message.</summary>
    public static string Of(IReadOnlyCollection<TypeModel> types)
    {
        var byName = types.ToDictionary(type => type.Name);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (TypeModel message in types.Where(IsMessage))
            {
                writer.WritePropertyName(message.Name);
                Write(writer, (ObjectModel)message, byName);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, ObjectModel type, IReadOnlyDictionary<string, TypeModel> types)
    {
        writer.WriteStartObject();
        foreach (PropertyModel property in type.Properties)
        {
            writer.WritePropertyName(property.JsonName);
            Write(writer, property.Value, types);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ValueModel value, IReadOnlyDictionary<string, TypeModel> types)
    {
        switch (value.Kind)
        {
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
                writer.WriteStringValue("anything");
                break;
            case ValueKind.Enum:
                writer.WriteStringValue(((EnumModel)types[value.TypeName!]).Values[0].JsonName);
                break;
            case ValueKind.Object:
                Write(writer, (ObjectModel)types[value.TypeName!], types);
                break;
            default:
                writer.WriteStartArray();
                for (int i = 0; i < Math.Max(1, value.MinItems ?? 1); i++)
                {
                    Write(writer, value.Item!, types);
                }

                writer.WriteEndArray();
                break;
        }
    }
}
