using System.Text.Json;
using Newtonsoft.Json.Linq;
using Ocpp.Benchmarks.Payloads;

namespace Ocpp.Benchmarks.Contenders;

/// <summary>Proves before anything is timed that all contenders do the same work.</summary>
internal static class Verification
{
    /// <summary>That all who read give what is expected.</summary>
    public static void Run(Payload payload, FrameReading reading)
    {
        foreach (
            Contender contender in reading
                .Contenders()
                .Where(contender => contender.Name != ContenderNames.Utf8JsonReader)
        )
        {
            string place = $"{payload.Name}, read, {contender.Name}: ";
            reading.MessageId = null;
            SameContent.Demand(payload.Expected, contender.Run(), place);
            SameContent.Demand(Payload.MessageId, reading.MessageId, place + "message id");
        }
    }

    /// <summary>That all who write give the same.</summary>
    public static void Run(Payload payload, FrameWriting writing, PayloadSerializing serializing)
    {
        foreach (Contender contender in serializing.Deserializing())
        {
            SameContent.Demand(payload.Expected, contender.Run(), $"{payload.Name}, deserialize, {contender.Name}: ");
        }

        SameContent.Demand(payload.Expected, payload.Copy(), $"{payload.Name}, copied by hand: ");
        SameContent.Demand(payload.Expected, payload.ForNewtonsoft, $"{payload.Name}, the classes to write: ");
        VerifyWritten(payload, writing, serializing);
    }

    private static void VerifyWritten(Payload payload, FrameWriting writing, PayloadSerializing serializing)
    {
        foreach (Contender contender in writing.Contenders())
        {
            contender.Run();
            string place = $"{payload.Name}, write, {contender.Name}: ";
            using JsonDocument written = JsonDocument.Parse(writing.Written.ToArray());
            JsonElement frame = written.RootElement;
            SameContent.Demand(4, frame.GetArrayLength(), place + "frame");
            SameContent.Demand(2, frame[0].GetInt32(), place + "message type");
            SameContent.Demand(Payload.MessageId, frame[1].GetString(), place + "message id");
            SameContent.Demand(payload.Action, frame[2].GetString(), place + "action");
            VerifyPayload(payload, frame[3].GetRawText(), place);
        }

        foreach (Contender contender in serializing.Serializing())
        {
            contender.Run();
            string place = $"{payload.Name}, serialize, {contender.Name}: ";
            VerifyPayload(payload, System.Text.Encoding.UTF8.GetString(serializing.Written), place);
        }

        SameContent.Demand(
            BytesOf(ContenderNames.Utf8JsonWriter, writing),
            BytesOf(ContenderNames.Sdk, writing),
            $"{payload.Name}, bytes written: "
        );
    }

    private static void VerifyPayload(Payload payload, string json, string place) =>
        SameContent.Demand(
            payload.Expected,
            payload.ReadWithNewtonsoft(JToken.Parse(json), NewtonsoftJson.CreateSerializer()),
            place
        );

    private static byte[] BytesOf(string contender, FrameWriting writing)
    {
        writing.Contenders().Single(candidate => candidate.Name == contender).Run();
        return writing.Written.ToArray();
    }
}
