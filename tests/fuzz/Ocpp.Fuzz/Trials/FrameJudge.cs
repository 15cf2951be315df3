using System.Runtime.InteropServices;
using System.Text.Json;
using Ocpp.Rpc;

namespace Ocpp.Fuzz.Trials;

/// <summary>
/// A second opinion on a message as a whole: what it is by part 4, section 4, told from System.Text.Json's tree of it.
/// </summary>
/// <param name="Kind">
/// How far it is to come; a payload that is to be read counts as <see cref="ReadingKind.Taken"/> here.
/// </param>
/// <param name="IsJson">It is JSON at all; otherwise it may come to anything but a record.</param>
/// <param name="IsPayloadWhole">
/// What stands behind the header is one value: otherwise it is refused wherever it is read.
/// </param>
/// <param name="Payload">The payload, where there is one.</param>
/// <param name="Reason">Why this SDK refuses what could be read, where it does.</param>
internal sealed record FrameJudge(
    ReadingKind Kind,
    bool IsJson = true,
    bool IsPayloadWhole = true,
    byte[]? Payload = null,
    FrameStricter? Reason = null
)
{
    // The message is the level around the 64 of a payload.
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 65 };

    public static FrameJudge Ask(byte[] message)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message, s_options);
        }
        catch (JsonException)
        {
            return new FrameJudge(ReadingKind.NoFrame, IsJson: false);
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array
                ? Ask([.. root.EnumerateArray()])
                : new FrameJudge(ReadingKind.NoFrame);
        }
    }

    private static FrameJudge Ask(JsonElement[] elements)
    {
        var refused = new FrameJudge(ReadingKind.NoFrame);
        if (elements is not [{ ValueKind: JsonValueKind.Number } type, { ValueKind: JsonValueKind.String } id, ..])
        {
            return refused;
        }

        if (type.GetRawText() is not [>= '2' and <= '6'])
        {
            return type.TryGetDecimal(out decimal number) && number is 2 or 3 or 4 or 5 or 6
                ? refused with
                {
                    Reason = FrameStricter.MessageTypeForm,
                }
                : refused;
        }

        if (TryGetText(id) is not { } messageId)
        {
            return refused with { Reason = FrameStricter.InvalidText };
        }

        return messageId.EnumerateRunes().Count() > OcppFrame.MaxMessageIdLength
            ? refused
            : AskBehindId(type.GetRawText()[0], elements[2..]);
    }

    private static FrameJudge AskBehindId(char type, JsonElement[] rest)
    {
        var refused = new FrameJudge(ReadingKind.NoFrame);
        switch (type, rest)
        {
            case ('2' or '6', [{ ValueKind: JsonValueKind.String } name, _, ..]):
                return TryGetText(name) is not { } action ? refused with { Reason = FrameStricter.InvalidText }
                    : Protocol.Instance.FindAction(action)?.IsOneWay == (type == '6') ? WithPayload(rest[1..])
                    : new FrameJudge(ReadingKind.UnknownAction);

            case ('3', [_, ..]):
                return WithPayload(rest);

            case (
                '4'
                    or '5',
                [
                    { ValueKind: JsonValueKind.String } code,
                    { ValueKind: JsonValueKind.String } description,
                    { ValueKind: JsonValueKind.Object } details,
                ]
            ):
                return TryGetText(code) is null || TryGetText(description) is null || !HasTexts(details)
                    ? refused with
                    {
                        Reason = FrameStricter.InvalidText,
                    }
                    : new FrameJudge(ReadingKind.Error, Payload: JsonMarshal.GetRawUtf8Value(details).ToArray());

            default:
                return refused;
        }
    }

    private static FrameJudge WithPayload(JsonElement[] elements) =>
        new(
            ReadingKind.Taken,
            IsPayloadWhole: elements.Length == 1,
            Payload: JsonMarshal.GetRawUtf8Value(elements[0]).ToArray()
        );

    private static string? TryGetText(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // No Unicode.
            return null;
        }
    }

    private static bool HasTexts(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .All(property => HasName(property) && HasTexts(property.Value)),
            JsonValueKind.Array => value.EnumerateArray().All(HasTexts),
            JsonValueKind.String => TryGetText(value) is not null,
            _ => true,
        };

    private static bool HasName(JsonProperty property)
    {
        try
        {
            return property.Name is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
