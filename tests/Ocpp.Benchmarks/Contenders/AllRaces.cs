using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Payloads;

namespace Ocpp.Benchmarks.Contenders;

internal static class AllRaces
{
    /// <summary>The races over a payload, with contenders that are proven to do the same work.</summary>
    public static IReadOnlyList<Race> Of(Payload payload)
    {
        var reading = new FrameReading(payload);
        var writing = new FrameWriting(payload);
        var serializing = new PayloadSerializing(payload);
        Verification.Run(payload, reading, writing, serializing);
        return
        [
            new(payload.Name, Operations.Read, ContenderNames.Utf8JsonReader, reading.Contenders()),
            new(payload.Name, Operations.Write, ContenderNames.Utf8JsonWriter, writing.Contenders()),
            new(payload.Name, Operations.Deserialize, ContenderNames.Classes, serializing.Deserializing()),
            new(payload.Name, Operations.Serialize, ContenderNames.Classes, serializing.Serializing()),
        ];
    }
}
