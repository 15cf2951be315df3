using Ocpp.Json;

namespace Ocpp.Tests.Rpc;

/// <summary>A message that goes one way, written by hand in the shape that the generator gives to its own.</summary>
public sealed record Notice : IOcppOneWayMessage<Notice>
{
    private const int TextMaxLength = 5;

    public required string Text { get; init; }

    static string IOcppOneWayMessage<Notice>.Action => "Notice";

    public static Notice? Read(ref OcppJsonReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        string? text = null;
        ulong seen = 0;
        int start;
        do
        {
            start = reader.Position;
            if (reader.IsNext("\"text\":"u8))
            {
                text = reader.ReadString(TextMaxLength);
                if (!reader.MoveNext("text", 1, ref seen, required: true))
                {
                    break;
                }
            }
        } while (reader.Position != start || reader.OtherProperty());

        if (!reader.EndObject(seen, 1))
        {
            reader.Missing("text", 1, seen);
            return null;
        }

        return new Notice { Text = text! };
    }

    public static void Write(ref OcppJsonWriter writer, Notice value)
    {
        writer.WriteRaw("{\"text\":"u8);
        writer.WriteString(value.Text, TextMaxLength);
        writer.WriteRaw("}"u8);
    }

    public IReadOnlyList<OcppViolation> Validate() => OcppGeneratedCode.Validate(this);
}
