using System.Text.Json;
using Ocpp.Json;

namespace Ocpp.SignedMessages;

/// <summary>
/// The protected header of a signed message. What is not understood is ignored (RFC 7515, section 4), unless the header
/// says that it must be understood.
/// </summary>
/// <remarks>
/// OCPP 2.0.1 and 2.1 print the name of the message type as <c>OCPPMessageTypedId</c> (part 4, section 7.1), which
/// implementations took over or corrected to <c>OCPPMessageTypeId</c>: both are written, and each that is there is
/// checked. <c>OCPPMessageId</c> is this library's own, so that the response to one call can't answer another.
/// </remarks>
internal sealed record SignedMessageHeader : IOcppPayload<SignedMessageHeader>
{
    public required string Algorithm { get; init; }

    /// <summary>Whether there is a <c>crit</c> field: nothing that it may name is understood here.</summary>
    public bool HasCritical { get; init; }

    public string? Action { get; init; }

    public int? MessageTypeId { get; init; }

    public int? MessageTypedId { get; init; }

    public string? MessageId { get; init; }

    public string? CertificateHash { get; init; }

    public static SignedMessageHeader? Read(ref OcppJsonReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        string? algorithm = null;
        string? action = null;
        int? typeId = null;
        int? typedId = null;
        string? messageId = null;
        string? hash = null;
        JsonElement? critical = null;
        OcppFurtherProperties others = default;
        ulong seen = 0;
        int start;
        do
        {
            start = reader.Position;
            if (reader.IsNext("\"alg\":"u8))
            {
                algorithm = reader.ReadString();
                if (!reader.MoveNext("alg", 1, ref seen, required: true))
                {
                    break;
                }
            }

            if (reader.IsNext("\"x5t#S256\":"u8))
            {
                hash = reader.ReadString();
                if (!reader.MoveNext("x5t#S256", 2, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"OCPPAction\":"u8))
            {
                action = reader.ReadString();
                if (!reader.MoveNext("OCPPAction", 4, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"OCPPMessageTypeId\":"u8))
            {
                typeId = reader.ReadInt32();
                if (!reader.MoveNext("OCPPMessageTypeId", 8, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"OCPPMessageTypedId\":"u8))
            {
                typedId = reader.ReadInt32();
                if (!reader.MoveNext("OCPPMessageTypedId", 16, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"OCPPMessageId\":"u8))
            {
                messageId = reader.ReadString();
                if (!reader.MoveNext("OCPPMessageId", 32, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"crit\":"u8))
            {
                critical = reader.ReadAny();
                if (!reader.MoveNext("crit", 64, ref seen))
                {
                    break;
                }
            }
        } while (reader.Position != start || reader.OtherProperty(ref others));

        reader.EndOtherProperties(ref others);
        if (!reader.EndObject(seen, 1))
        {
            reader.Missing("alg", 1, seen);
            return null;
        }

        return new SignedMessageHeader
        {
            Algorithm = algorithm!,
            HasCritical = critical is not null,
            Action = action,
            MessageTypeId = typeId,
            MessageTypedId = typedId,
            MessageId = messageId,
            CertificateHash = hash,
        };
    }

    public static void Write(ref OcppJsonWriter writer, SignedMessageHeader value)
    {
        writer.WriteRaw("{\"alg\":"u8);
        writer.WriteString(value.Algorithm);
        writer.WriteRaw(",\"x5t#S256\":"u8);
        writer.WriteString(value.CertificateHash);
        writer.WriteRaw(",\"OCPPAction\":"u8);
        writer.WriteString(value.Action);
        writer.WriteRaw(",\"OCPPMessageTypeId\":"u8);
        writer.WriteInt32(value.MessageTypeId.GetValueOrDefault());
        writer.WriteRaw(",\"OCPPMessageTypedId\":"u8);
        writer.WriteInt32(value.MessageTypedId.GetValueOrDefault());
        writer.WriteRaw(",\"OCPPMessageId\":"u8);
        writer.WriteString(value.MessageId);
        writer.WriteRaw("}"u8);
    }

    public IReadOnlyList<OcppViolation> Validate() => [];
}
