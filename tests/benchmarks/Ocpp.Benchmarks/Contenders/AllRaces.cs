using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Payloads;

namespace Ocpp.Benchmarks.Contenders;

internal static class AllRaces
{
    /// <summary>The races over a payload, with contenders that are proven to do the same work.</summary>
    public static IReadOnlyList<Race> Of(Payload payload)
    {
        var writing = new FrameWriting(payload);
        var serializing = new PayloadSerializing(payload);
        Verification.Run(payload, writing, serializing);
        int frame = payload.FrameAround(payload.Json).Length;
        int json = payload.Utf8Json.Length;
        return
        [
            Reading(payload, Operations.Read, payload.Json),
            Reading(payload, Operations.ReadReversed, JsonLayout.Reversed(payload.Json)),
            Reading(payload, Operations.ReadIndented, JsonLayout.Indented(payload.Json)),
            new(payload.Name, Operations.Write, frame, ContenderNames.Utf8JsonWriter, writing.Contenders()),
            new(payload.Name, Operations.Deserialize, json, ContenderNames.Classes, serializing.Deserializing()),
            new(payload.Name, Operations.Serialize, json, ContenderNames.Classes, serializing.Serializing()),
        ];
    }

    private static Race Reading(Payload payload, string operation, string json)
    {
        var reading = new FrameReading(payload, json);
        Verification.Run(payload, reading);
        return new(payload.Name, operation, reading.Size, ContenderNames.Utf8JsonReader, reading.Contenders());
    }
}
