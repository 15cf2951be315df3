using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocpp.Stations.Storage;

namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// The file of a device model: what was set. A line with the version and the CRC-32C of what follows, and JSON. It is
/// replaced as a whole, so that after a crash or a power loss it has all of the old values or all of the new ones.
/// Not thread-safe.
/// </summary>
internal sealed class VariableFile(QueueDisk disk, string path)
{
    private const string Name = "OCPPVARIABLES";
    private const string Version = "1";
    private const int HeaderLength = 25; // name, space, version, space, eight digits, LF

    /// <summary>Reads the values. There are none if there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of another version, or something else.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public Dictionary<StoredValueKey, string> Read()
    {
        if (!disk.Exists(path))
        {
            return [];
        }

        byte[] content;
        using (Stream file = disk.Open(path, FileMode.Open))
        {
            content = new byte[file.Length];
            file.ReadExactly(content);
        }

        string[] header = Encoding.ASCII.GetString(content, 0, Math.Min(HeaderLength, content.Length)).Split(' ');
        if (header.Length != 3 || header[0] != Name)
        {
            throw new InvalidDataException($"{path}: not the variables of a station.");
        }

        if (header[1] != Version)
        {
            throw new InvalidDataException($"{path}: another version of the file.");
        }

        if (content.Length < HeaderLength)
        {
            throw new InvalidDataException($"{path}: the file is damaged.");
        }

        ReadOnlySpan<byte> json = content.AsSpan(HeaderLength);
        if (header[2] != Checksum(json))
        {
            throw new InvalidDataException($"{path}: the file is damaged.");
        }

        try
        {
            return Parse(content.AsMemory(HeaderLength));
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}: the file is damaged.", exception);
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">The file can't be written. It is as it was before.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(IReadOnlyDictionary<StoredValueKey, string> values)
    {
        var json = new ArrayBufferWriter<byte>();
        WriteJson(json, values);
        string newFile = path + ".new";
        disk.Delete(newFile);
        using (Stream file = disk.Open(newFile, FileMode.CreateNew))
        {
            file.Write(Encoding.ASCII.GetBytes($"{Name} {Version} {Checksum(json.WrittenSpan)}"));
            file.Write(json.WrittenSpan);
            disk.Flush(file);
        }

        disk.Replace(newFile, path);
    }

    private static string Checksum(ReadOnlySpan<byte> json) =>
        Crc32C.Of(json).ToString("x8", CultureInfo.InvariantCulture) + "\n";

    private static void WriteJson(IBufferWriter<byte> output, IReadOnlyDictionary<StoredValueKey, string> values)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach ((StoredValueKey key, string value) in values)
        {
            writer.WriteStartObject();
            writer.WriteString("component"u8, key.Component.Name);
            WriteText(writer, "componentInstance", key.Component.Instance);
            WriteNumber(writer, "evseId", key.Component.EvseId);
            WriteNumber(writer, "connectorId", key.Component.ConnectorId);
            writer.WriteString("variable"u8, key.Variable.Name);
            WriteText(writer, "variableInstance", key.Variable.Instance);
            writer.WriteString("attribute"u8, key.Attribute.ToString());
            writer.WriteString("value"u8, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static Dictionary<StoredValueKey, string> Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var values = new Dictionary<StoredValueKey, string>();
        foreach (JsonElement one in document.RootElement.EnumerateArray())
        {
            var component = new ComponentId(Text(one, "component"))
            {
                Instance = OptionalText(one, "componentInstance"),
                EvseId = OptionalNumber(one, "evseId"),
                ConnectorId = OptionalNumber(one, "connectorId"),
            };
            var variable = new VariableId(Text(one, "variable")) { Instance = OptionalText(one, "variableInstance") };
            AttributeType attribute = Enum.TryParse(Text(one, "attribute"), out AttributeType type)
                ? type
                : throw new FormatException("Unknown attribute.");
            values[new StoredValueKey(component, variable, attribute)] = Text(one, "value");
        }

        return values;
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException("A text is missing.");

    private static string? OptionalText(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static int? OptionalNumber(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : null;
}
