using System.Text;

namespace Ocpp.Stations.Transactions;

/// <summary>
/// What the meter showed at the beginning of a transaction, which its last event has. Saved once a transaction, and not
/// with each event.
/// </summary>
internal static class TransactionBeginning
{
    public static byte[] ToBytes<TMeterValue>(string transactionId, IReadOnlyList<TMeterValue> readings)
        where TMeterValue : class, IOcppPayload<TMeterValue>
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(transactionId);
        writer.Write(readings.Count);
        foreach (TMeterValue reading in readings)
        {
            byte[] json = OcppJson.ToUtf8Bytes(reading);
            writer.Write(json.Length);
            writer.Write(json);
        }

        return content.ToArray();
    }

    /// <summary>Reads what was saved.</summary>
    /// <param name="saved">What was saved.</param>
    /// <param name="transactionId">The transaction.</param>
    /// <returns>
    /// Nothing if it is of another transaction. What a version of the SDK has saved that this one can't read is left
    /// out.
    /// </returns>
    public static IReadOnlyList<TMeterValue> Read<TMeterValue>(byte[] saved, string transactionId)
        where TMeterValue : class, IOcppPayload<TMeterValue>
    {
        using var stream = new MemoryStream(saved, writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        if (reader.ReadString() != transactionId)
        {
            return [];
        }

        var readings = new List<TMeterValue>();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            if (OcppJson.TryParse(reader.ReadBytes(reader.ReadInt32()), out TMeterValue? reading, out _))
            {
                readings.Add(reading);
            }
        }

        return readings;
    }
}
