using System.Buffers.Binary;
using System.Text;

namespace Ocpp.Stations.Storage;

/// <summary>Writes and reads the contents of the records of a queue.</summary>
internal static class QueueRecord
{
    private const int IdPosition = 1;
    private const int IdEnd = IdPosition + sizeof(long);
    private const int ShortLength = IdEnd + sizeof(int);

    /// <summary>A message, and the state that is saved together with it.</summary>
    public static byte[] Message(StoredMessage message, QueueState? state)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write((byte)QueueRecordKind.Message);
        writer.Write(message.Id);
        writer.Write(message.CreatedAt.ToUnixTimeMilliseconds());
        writer.Write((byte)message.Retention);
        writer.Write(message.Subprotocol);
        writer.Write(message.Action);
        writer.Write(message.Payload.Length);
        writer.Write(message.Payload.Span);
        writer.Write(state is not null);
        if (state is not null)
        {
            WriteState(writer, state);
        }

        writer.Write(message.ResponseValue is not null);
        if (message.ResponseValue is { } value)
        {
            writer.Write(value.Key);
            writer.Write(value.Property);
            writer.Write((byte)value.Role);
        }

        return content.ToArray();
    }

    /// <summary>A message has left the queue, and what is saved together with that.</summary>
    public static byte[] Removed(long id, QueueState? state)
    {
        byte[] removed = WithId(QueueRecordKind.Removed, id, 0);
        if (state is null)
        {
            return removed;
        }

        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(removed);
        WriteState(writer, state);
        return content.ToArray();
    }

    /// <summary>The CSMS has failed to process a message so many times.</summary>
    public static byte[] Failed(long id, int attempts) => WithId(QueueRecordKind.Failed, id, attempts);

    /// <summary>The id of the next message: in a file without that of the last one.</summary>
    public static byte[] NextId(long id) => WithId(QueueRecordKind.NextId, id, 0);

    /// <summary>A state, or that there is none any more.</summary>
    public static byte[] State(QueueState state)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write((byte)QueueRecordKind.State);
        WriteState(writer, state);
        return content.ToArray();
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">
    /// The record is not one of this version, although it was written to its end.
    /// </exception>
    public static void Read(ReadOnlyMemory<byte> content, IQueueRecordReader reader)
    {
        try
        {
            var kind = (QueueRecordKind)content.Span[0];
            if (kind is QueueRecordKind.Message or QueueRecordKind.State)
            {
                ReadLong(kind, content, reader);
                return;
            }

            long id = BinaryPrimitives.ReadInt64LittleEndian(content.Span[IdPosition..]);
            int attempts = BinaryPrimitives.ReadInt32LittleEndian(content.Span[IdEnd..]);
            switch (kind)
            {
                case QueueRecordKind.Removed:
                    reader.Removed(id, content.Length > ShortLength ? ReadState(content[ShortLength..]) : null);
                    break;
                case QueueRecordKind.Failed:
                    reader.Failed(id, attempts);
                    break;
                case QueueRecordKind.NextId:
                    reader.NextId(id);
                    break;
                default:
                    throw Unknown(null);
            }
        }
        catch (Exception exception)
            when (exception is ArgumentOutOfRangeException or IndexOutOfRangeException or EndOfStreamException)
        {
            throw Unknown(exception);
        }
    }

    private static void ReadLong(QueueRecordKind kind, ReadOnlyMemory<byte> content, IQueueRecordReader reader)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        using var binary = new BinaryReader(stream, Encoding.UTF8);
        stream.Position = IdPosition;
        if (kind == QueueRecordKind.State)
        {
            reader.State(ReadState(binary));
            return;
        }

        var message = new StoredMessage
        {
            Id = binary.ReadInt64(),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(binary.ReadInt64()),
            Retention = (MessageRetention)binary.ReadByte(),
            Subprotocol = binary.ReadString(),
            Action = binary.ReadString(),
            Payload = ReadBytes(binary),
        };
        QueueState? state = binary.ReadBoolean() ? ReadState(binary) : null;
        ResponseValue? value = binary.ReadBoolean()
            ? new ResponseValue(binary.ReadString(), binary.ReadString(), (ResponseValueRole)binary.ReadByte())
            : null;
        reader.Message(message with { ResponseValue = value });
        if (state is not null)
        {
            reader.State(state);
        }
    }

    private static byte[] WithId(QueueRecordKind kind, long id, int attempts)
    {
        byte[] content = new byte[ShortLength];
        content[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(IdPosition), id);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(IdEnd), attempts);
        return content;
    }

    private static void WriteState(BinaryWriter writer, QueueState state)
    {
        writer.Write(state.Key);
        writer.Write(state.Value is not null);
        if (state.Value is { } value)
        {
            writer.Write(value.Length);
            writer.Write(value);
        }
    }

    private static QueueState ReadState(ReadOnlyMemory<byte> content)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        return ReadState(reader);
    }

    private static QueueState ReadState(BinaryReader reader)
    {
        string key = reader.ReadString();
        return new QueueState(key, reader.ReadBoolean() ? ReadBytes(reader) : null);
    }

    private static byte[] ReadBytes(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        byte[] bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    private static InvalidDataException Unknown(Exception? cause) =>
        new("The queue has a record that this version of the SDK does not know.", cause);
}
