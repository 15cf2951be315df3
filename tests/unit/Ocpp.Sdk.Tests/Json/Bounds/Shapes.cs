using System.Text;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Tests.Json.Bounds;

/// <summary>
/// The worst shapes that are known: what has made readers of JSON slow or large, and what could make this one so.
/// </summary>
internal static class Shapes
{
    private static readonly OcppReadOptions s_allOfThem = new() { MaxViolations = int.MaxValue };

    private static readonly OcppReadOptions s_acceptAll = new()
    {
        MaxViolations = int.MaxValue,
        Accept = static _ => true,
    };

    public static IReadOnlyList<Shape> All { get; } =
    [
        new("plain text, any JSON", Data("\"", "x", "\""), Read<DataTransferRequest>),
        new("an escape at every byte, any JSON", Data("\"", "\\n", "\""), Read<DataTransferRequest>),
        new("escaped pairs of surrogates, any JSON", Data("\"", "\\ud83d\\ude00", "\""), Read<DataTransferRequest>),
        new("text beyond ASCII, any JSON", Data("\"", "\u20AC", "\""), Read<DataTransferRequest>),
        new("plain text that is too long", Repeat("{\"csr\":\"", "x", "\"}"), Read<SignCertificateRequest>),
        new("escapes in a text that is too long", Repeat("{\"csr\":\"", "\\n", "\"}"), Read<SignCertificateRequest>),
        new(
            "escapes by number in a text that is too long",
            Repeat("{\"csr\":\"", "\\u000a", "\"}"),
            Read<SignCertificateRequest>
        ),
        new("text beyond ASCII that is too long", Repeat("{\"csr\":\"", "\u20AC", "\"}"), Read<SignCertificateRequest>),
        new(
            "text that is too long, accepted",
            Repeat("{\"csr\":\"", "\\n\u20AC", "\"}"),
            json => Read<SignCertificateRequest>(json, s_acceptAll)
        ),
        new("a text without its end", Repeat("{\"csr\":\"", "\\n", ""), Read<SignCertificateRequest>),
        new("a text that is cut in an escape", Repeat("{\"csr\":\"", "\u20AC", "\\"), Read<SignCertificateRequest>),
        new(
            "a text that is no UTF-8 at its end",
            size => [.. Repeat("{\"csr\":\"", "\u20AC", "")(size), 0xFF, .. "\"}"u8],
            Read<SignCertificateRequest>
        ),
        new(
            "arrays 62 deep, side by side",
            Data("[", $"{new string('[', 61)}{new string(']', 61)},", "0]"),
            Read<DataTransferRequest>
        ),
        new(
            "objects 62 deep, side by side",
            Data("[", $"{Times("{\"a\":", 61)}0{new string('}', 61)},", "0]"),
            Read<DataTransferRequest>
        ),
        new("brackets without an end", Data("", "[", ""), Read<DataTransferRequest>),
        new("empty arrays", Data("[", "[],", "0]"), Read<DataTransferRequest>),
        new("white space", Repeat("{", " \t\r\n", "\"vendorId\":\"v\"}"), Read<DataTransferRequest>),
        new("numbers, any JSON", Data("[", "-1.5e3,", "0]"), Read<DataTransferRequest>),
        new("one number, any JSON", Data("", "9", ""), Read<DataTransferRequest>),
        new("an integer of many digits", Repeat("{\"evseId\":1", "0", "}"), Read<UnlockConnectorRequest>),
        new(
            "an integer by a fraction of many zeros",
            Repeat("{\"connectorId\":1,\"evseId\":1.", "0", "}"),
            Read<UnlockConnectorRequest>
        ),
        new(
            "an integer by an exponent of many digits",
            Repeat("{\"evseId\":1e", "9", "}"),
            Read<UnlockConnectorRequest>
        ),
        new(
            "a decimal of many digits",
            Repeat(
                "{\"evseId\":1,\"meterValue\":[{\"timestamp\":\"2026-01-31T12:34:56Z\",\"sampledValue\":[{\"value\":0.",
                "3",
                "}]}]}"
            ),
            Read<MeterValuesRequest>
        ),
        new(
            "a time with a fraction of many digits",
            Repeat("{\"timestamp\":\"2026-01-31T12:34:56.", "5", "Z\",\"status\":\"Idle\"}"),
            Read<StatusNotificationRequest>
        ),
        new(
            "an enumeration's value of escapes",
            Repeat("{\"csr\":\"c\",\"certificateType\":\"", "\\u0041", "\"}"),
            Read<SignCertificateRequest>
        ),
        new(
            "many items",
            Repeat(
                "{\"evseId\":1,\"meterValue\":[{\"timestamp\":\"2026-01-31T12:34:56Z\",\"sampledValue\":[",
                "{\"value\":1.5},",
                "{\"value\":1}]}]}"
            ),
            Read<MeterValuesRequest>
        ),
        new(
            "many items with odd names and texts",
            Repeat(
                "{\"evseId\":1,\"meterValue\":[{\"timestamp\":\"2026-01-31T12:34:56Z\",\"sampledValue\":[",
                "{\"\\u0076alue\" : 15e-1,\"unitOfMeasure\":{\"unit\":\"\\u0057\u20AC\"}},",
                "{\"value\":1}]}]}"
            ),
            Read<MeterValuesRequest>
        ),
        new(
            "many items, each with violations, all listed",
            Repeat(
                "{\"evseId\":1,\"meterValue\":[{\"timestamp\":\"2026-01-31T12:34:56Z\",\"sampledValue\":[",
                "{\"value\":null,\"x\":0},",
                "{\"value\":1}]}]}"
            ),
            json => OcppJson.Check<MeterValuesRequest>(json, s_allOfThem)
        ),
        new("properties in customData", Names("{\"vendorId\":\"v\"", PlainNames()), Read<CustomDataType>),
        new(
            "properties in customData, with escapes in their names",
            Names("{\"vendorId\":\"v\"", PlainNames().Select(name => $"\\u006e{name}")),
            Read<CustomDataType>
        ),
        new(
            "properties in customData whose names have one hash",
            Names("{\"vendorId\":\"v\"", CollidingNames.All()),
            Read<CustomDataType>
        ),
        new(
            "properties in any JSON",
            Names("{\"vendorId\":\"v\",\"data\":{\"\":0", PlainNames(), "}}"),
            Read<DataTransferRequest>
        ),
        new(
            "properties in any JSON, with escapes in their names",
            Names("{\"vendorId\":\"v\",\"data\":{\"\":0", PlainNames().Select(name => $"\\u006e{name}"), "}}"),
            Read<DataTransferRequest>
        ),
        new(
            "properties in any JSON whose names have one hash elsewhere",
            Names("{\"vendorId\":\"v\",\"data\":{\"\":0", CollidingNames.All(), "}}"),
            Read<DataTransferRequest>
        ),
        new(
            "long names that differ at their end",
            Names("{\"vendorId\":\"v\"", PlainNames().Select(name => new string('n', 200) + name)),
            Read<CustomDataType>
        ),
        new(
            "one property in customData again and again, all listed",
            Repeat("{\"vendorId\":\"v\"", ",\"a\":0", "}"),
            json => OcppJson.Check<CustomDataType>(json, s_allOfThem)
        ),
        new(
            "one property in any JSON again and again",
            Repeat("{\"vendorId\":\"v\",\"data\":{\"b\":0", ",\"a\":0", "}}"),
            Read<DataTransferRequest>
        ),
        new(
            "one of the message's properties again and again, all listed",
            Repeat("{\"vendorId\":\"v\"", ",\"vendorId\":\"v\"", "}"),
            json => OcppJson.Check<DataTransferRequest>(json, s_allOfThem)
        ),
        new(
            "one of the message's properties again and again, accepted",
            Repeat("{\"vendorId\":\"v\"", ",\"vendorId\":\"v\"", "}"),
            json => Read<DataTransferRequest>(json, s_acceptAll)
        ),
        new(
            "unknown properties, all listed",
            Repeat("{\"vendorId\":\"v\"", ",\"unknown\":[0]", "}"),
            json => OcppJson.Check<DataTransferRequest>(json, s_allOfThem)
        ),
        new(
            "objects with a property twice, all listed",
            Repeat("{\"vendorId\":\"v\"", ",\"a\":{\"b\":0,\"b\":0}", "}"),
            json => OcppJson.Check<CustomDataType>(json, s_allOfThem)
        ),
        new("a message id of escapes", Repeat("[2,\"", "\\n", "\",\"Heartbeat\",{}]"), ReadFrame),
        new("an action of escapes", Repeat("[2,\"1\",\"", "\\u0041", "\",{}]"), ReadFrame),
        new(
            "an error description of escapes",
            Repeat("[4,\"1\",\"GenericError\",\"", "\\n\u20AC", "\",{}]"),
            ReadFrame
        ),
        new("error details", Repeat("[4,\"1\",\"GenericError\",\"\",{\"a\":[", "{\"a\":\"\\n\"},", "0]}]"), ReadFrame),
        new("white space around a frame", Repeat("[ 2,\"1\",\"Heartbeat\",{}]", " ", ""), ReadFrame),
        new("an escape at every byte, by JsonSerializer", Data("\"", "\\n", "\""), Deserialize),
        new(
            "properties in any JSON, by JsonSerializer",
            Names("{\"vendorId\":\"v\",\"data\":{\"\":0", PlainNames(), "}}"),
            Deserialize
        ),
    ];

    private static IEnumerable<string> PlainNames() => Enumerable.Range(0, int.MaxValue).Select(index => $"n{index}");

    private static Func<int, byte[]> Data(string begin, string repeated, string end) =>
        Repeat($"{{\"vendorId\":\"v\",\"data\":{begin}", repeated, $"{end}}}");

    private static Func<int, byte[]> Repeat(string begin, string repeated, string end) =>
        size =>
        {
            byte[] unit = Encoding.UTF8.GetBytes(repeated);
            var json = new List<byte>(size + 200);
            json.AddRange(Encoding.UTF8.GetBytes(begin));
            while (json.Count < size)
            {
                json.AddRange(unit);
            }

            json.AddRange(Encoding.UTF8.GetBytes(end));
            return [.. json];
        };

    private static Func<int, byte[]> Names(string begin, IEnumerable<string> names, string end = "}") =>
        size =>
        {
            var json = new StringBuilder(begin, size + 200);
            int bytes = 0;
            foreach (string name in names)
            {
                json.Append(",\"").Append(name).Append("\":0");
                bytes += Encoding.UTF8.GetByteCount(name) + 5;
                if (bytes >= size)
                {
                    return Encoding.UTF8.GetBytes(json.Append(end).ToString());
                }
            }

            throw new ArgumentOutOfRangeException(nameof(size), size, "There are not as many names.");
        };

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static object? Read<T>(byte[] json)
        where T : class, IOcppPayload<T> => Read<T>(json, OcppReadOptions.Strict);

    private static object? Read<T>(byte[] json, OcppReadOptions options)
        where T : class, IOcppPayload<T> =>
        OcppJson.TryParse(json, out T? value, out OcppViolation violation, options) ? value : violation.Rule;

    private static string? ReadFrame(byte[] json) =>
        OcppFrame.TryRead(json, out OcppFrame frame, out OcppFrameError error)
            ? frame.ErrorDescription
            : error.MessageId;

    private static DataTransferRequest? Deserialize(byte[] json) =>
        JsonSerializer.Deserialize(json, Ocpp201JsonContext.Default.DataTransferRequest);
}
