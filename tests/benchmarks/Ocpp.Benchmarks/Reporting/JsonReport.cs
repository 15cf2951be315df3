using System.Text.Json;
using Ocpp.Benchmarks.Measuring;

namespace Ocpp.Benchmarks.Reporting;

/// <summary>The rows for a program to read: an array of objects.</summary>
internal static class JsonReport
{
    public static void Write(string path, IEnumerable<Row> rows)
    {
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (Row row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("payload", row.Payload);
            writer.WriteString("operation", row.Operation);
            writer.WriteString("contender", row.Contender);
            writer.WriteNumber("medianNs", Math.Round(row.MedianNs, 1));
            writer.WriteNumber("ratio", Math.Round(row.Ratio, 3));
            if (row.AllocatedBytes is { } bytes)
            {
                writer.WriteNumber("allocatedBytes", bytes);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
