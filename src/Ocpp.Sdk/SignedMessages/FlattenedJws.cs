using Ocpp.Json;

namespace Ocpp.SignedMessages;

/// <summary>
/// A JSON Web Signature in the flattened JSON serialization (RFC 7515, section 7.2.2), in the place of a payload.
/// </summary>
internal sealed record FlattenedJws : IOcppPayload<FlattenedJws>
{
    public required string Payload { get; init; }

    public required string Protected { get; init; }

    public required string Signature { get; init; }

    /// <summary>
    /// Whether it has a header that is not signed, or several signatures: OCPP has neither. Other members are ignored,
    /// as the RFC demands.
    /// </summary>
    public bool HasMore { get; init; }

    public static FlattenedJws? Read(ref OcppJsonReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        string? payload = null;
        string? header = null;
        string? signature = null;
        OcppFurtherProperties others = default;
        ulong seen = 0;
        int start;
        do
        {
            start = reader.Position;
            if (reader.IsNext("\"payload\":"u8))
            {
                payload = reader.ReadString();
                if (!reader.MoveNext("payload", 1, ref seen, required: true))
                {
                    break;
                }
            }

            if (reader.IsNext("\"protected\":"u8))
            {
                header = reader.ReadString();
                if (!reader.MoveNext("protected", 2, ref seen, required: true))
                {
                    break;
                }
            }

            if (reader.IsNext("\"signature\":"u8))
            {
                signature = reader.ReadString();
                if (!reader.MoveNext("signature", 4, ref seen, required: true))
                {
                    break;
                }
            }
        } while (reader.Position != start || reader.OtherProperty(ref others));

        reader.EndOtherProperties(ref others);
        if (!reader.EndObject(seen, 7))
        {
            reader.Missing("payload", 1, seen);
            reader.Missing("protected", 2, seen);
            reader.Missing("signature", 4, seen);
            return null;
        }

        return new FlattenedJws
        {
            Payload = payload!,
            Protected = header!,
            Signature = signature!,
            HasMore = others.Values is { } values && (values.ContainsKey("header") || values.ContainsKey("signatures")),
        };
    }

    public static void Write(ref OcppJsonWriter writer, FlattenedJws value)
    {
        writer.WriteRaw("{\"payload\":"u8);
        writer.WriteString(value.Payload);
        writer.WriteRaw(",\"protected\":"u8);
        writer.WriteString(value.Protected);
        writer.WriteRaw(",\"signature\":"u8);
        writer.WriteString(value.Signature);
        writer.WriteRaw("}"u8);
    }

    public IReadOnlyList<OcppViolation> Validate() => [];
}
