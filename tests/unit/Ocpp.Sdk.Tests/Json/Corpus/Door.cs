using System.Text.Json;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Json.Corpus;

/// <summary>
/// A way for JSON into the SDK. Through each, the document stands one level down: as a value of any type in a payload.
/// </summary>
/// <param name="Name">Which way it is.</param>
/// <param name="Read">Tells what becomes of a document.</param>
/// <param name="SeesDuplicates">
/// Whether a name that stands twice is looked for: where a value is kept, and not where it is skipped.
/// </param>
internal sealed record Door(string Name, Func<byte[], Answer> Read, bool SeesDuplicates = true)
{
    private static readonly Ocpp201JsonContext s_smallBuffers = new(
        new JsonSerializerOptions { DefaultBufferSize = 16 }
    );

    public static IReadOnlyList<Door> All { get; } =
    [
        new("the scanner, reading", ReadAny),
        new("the scanner, skipping", SkipValue, SeesDuplicates: false),
        new("a CALL's payload, up to the first violation", ReadCall),
        new("a CALL's payload, with all violations", CheckCall),
        new("a CALLERROR's details", ReadErrorDetails, SeesDuplicates: false),
        new("a further property of customData", ReadFurtherProperty),
        new(
            "JsonSerializer",
            json =>
                Deserialize(() =>
                    JsonSerializer.Deserialize(Payload(json), Ocpp201JsonContext.Default.DataTransferRequest)
                )
        ),
        new("JsonSerializer, from a stream", DeserializeStream),
    ];

    public override string ToString() => Name;

    private static byte[] Payload(byte[] json) => [.. "{\"vendorId\":\"v\",\"data\":"u8, .. json, (byte)'}'];

    private static byte[] Call(byte[] json) => [.. "[2,\"1\",\"DataTransfer\","u8, .. Payload(json), (byte)']'];

    private static Answer ReadAny(byte[] json)
    {
        var reader = new OcppJsonReader(json, OcppErrorMap.Default, depth: 1);
        JsonElement? value = reader.ReadAny();
        return reader.End() ? Answer.Taken(value) : Answer.Refused(reader.Log!.First.Rule);
    }

    private static Answer SkipValue(byte[] json)
    {
        var reader = new OcppJsonReader(json, OcppErrorMap.Default, depth: 1);
        bool isValue = reader.SkipValue();
        bool isAll = reader.End();
        Assert.Equal(isValue && isAll, reader.Log is null);
        return isAll ? Answer.Taken() : Answer.Refused(reader.Log!.First.Rule);
    }

    private static Answer ReadCall(byte[] json)
    {
        Assert.True(OcppFrame.TryRead(Call(json), out OcppFrame frame, out _));
        return OcppJson.TryParse(frame.Payload, out DataTransferRequest? request, out OcppViolation violation)
            ? Answer.Taken(request.Data)
            : Answer.Refused(violation.Rule);
    }

    private static Answer CheckCall(byte[] json)
    {
        Assert.True(OcppFrame.TryRead(Call(json), out OcppFrame frame, out _));
        return OcppJson.Check<DataTransferRequest>(frame.Payload) is [OcppViolation first, ..]
            ? Answer.Refused(first.Rule)
            : Answer.Taken();
    }

    private static Answer ReadErrorDetails(byte[] json)
    {
        byte[] message = [.. "[4,\"1\",\"GenericError\",\"\",{\"data\":"u8, .. json, .. "}]"u8];
        return OcppFrame.TryRead(message, out _, out _) ? Answer.Taken() : Answer.Refused();
    }

    private static Answer ReadFurtherProperty(byte[] json)
    {
        byte[] payload = [.. "{\"vendorId\":\"v\",\"data\":"u8, .. json, (byte)'}'];
        return OcppJson.TryParse(payload, out CustomDataType? customData, out OcppViolation violation)
            ? Answer.Taken(customData.AdditionalProperties!["data"])
            : Answer.Refused(violation.Rule);
    }

    private static Answer DeserializeStream(byte[] json) =>
        Deserialize(() =>
        {
            using var stream = new MemoryStream(Payload(json));
            return JsonSerializer.Deserialize(stream, s_smallBuffers.DataTransferRequest);
        });

    private static Answer Deserialize(Func<DataTransferRequest?> read)
    {
        try
        {
            return Answer.Taken(read()!.Data);
        }
        catch (OcppValidationException exception)
        {
            return Answer.Refused(exception.Violations[0].Rule);
        }
        catch (JsonException)
        {
            // The serializer's own reader comes first, and knows no rules.
            return Answer.Refused();
        }
    }
}
