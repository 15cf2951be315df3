using System.Text;
using System.Text.Json;
using Ocpp.EveryMessage.Schemas;
using Ocpp.Fuzz.Inputs;
using Ocpp.Validation;

namespace Ocpp.Fuzz.Trials;

/// <summary>Everything that must hold for one message, whatever it is.</summary>
internal sealed class Trial(Reader reader, Tally tally) : IDisposable
{
    private readonly GuardedMemory _memory = new();

    /// <summary>Finds what does not hold.</summary>
    /// <param name="input">The message.</param>
    /// <param name="asksSchema">Whether NJsonSchema is asked too, which takes longer than all the rest.</param>
    public Find? Run(Input input, bool asksSchema)
    {
        try
        {
            tally.Executions++;
            tally.Bytes += input.Frame.Length;
            Reading reading = Reading.Of(reader, input);
            tally.CountKind(reading.Kind.ToString());
            return FindAtEndOfPage(input, reading) ?? FindInFrame(input, reading, asksSchema);
        }
        catch (Exception exception)
        {
            // Nothing in a message may make the SDK throw: whatever it is, it is a find.
            return new Find($"exception {exception.GetType().Name}", exception.ToString());
        }
    }

    public void Dispose() => _memory.Dispose();

    private Find? FindAtEndOfPage(Input input, Reading reading)
    {
        if (Reading.Of(reader, _memory.Copy(input.Frame), input.Answered) is var whole && whole != reading)
        {
            return new Find("end of page", $"At the end of a page: {whole}, elsewhere: {reading}.");
        }

        if (reading.Kind is not (ReadingKind.Taken or ReadingKind.Refused))
        {
            return null;
        }

        // The payload alone too: within its frame, a bracket stands behind it.
        reader.TryParse(
            reading.GetPayloadType(),
            _memory.Copy(reading.PayloadBytes),
            out object? value,
            out OcppViolation violation
        );
        return Equals(value, reading.Value) && violation == reading.Violation
            ? null
            : new Find("end of page", $"At the end of a page: {value} {violation}, elsewhere: {reading}.");
    }

    private Find? FindInFrame(Input input, Reading reading, bool asksSchema)
    {
        FrameJudge judge = FrameJudge.Ask(input.Frame);
        if (judge.Reason is { } reason)
        {
            tally.CountReason($"frame: {reason}");
        }

        bool isExpected =
            !judge.IsJson || !judge.IsPayloadWhole
                ? reading.Kind is not (ReadingKind.Taken or ReadingKind.Error)
                : judge.Kind == (reading.Kind == ReadingKind.Refused ? ReadingKind.Taken : reading.Kind);
        if (!isExpected)
        {
            return new Find("frame", $"Read as {reading}, judged as {judge}.");
        }

        if (
            judge.IsJson
            && judge.Payload is { } expected
            && judge.IsPayloadWhole
            && !expected.AsSpan().SequenceEqual(reading.PayloadBytes.AsSpan().Trim(" \r\n\t"u8))
        )
        {
            return new Find("slice", $"The payload was taken to be {Encoding.UTF8.GetString(reading.PayloadBytes)}.");
        }

        return reading.Kind is ReadingKind.Taken or ReadingKind.Refused ? FindInPayload(reading, asksSchema) : null;
    }

    private Find? FindInPayload(Reading reading, bool asksSchema)
    {
        byte[] payload = reading.PayloadBytes;
        OcppViolation? first = reading.Kind == ReadingKind.Taken ? null : reading.Violation;
        IReadOnlyList<OcppViolation> all = reader.Check(reading.GetPayloadType(), payload);
        if (first is { } violation ? all.Count == 0 || all[0] != violation : all.Count > 0)
        {
            return new Find("Check", $"TryParse finds {first}, Check {string.Join(' ', all)}.");
        }

        return FindInJson(payload, first, all)
            ?? (
                asksSchema
                    ? FindInSchema(reading, payload, first, all) ?? FindInSerializer(reading, payload, first)
                    : null
            )
            ?? (first is null ? FindInValues(reading, payload) : null);
    }

    /// <summary>What is JSON for Utf8JsonReader is JSON here.</summary>
    private static Find? FindInJson(byte[] payload, OcppViolation? first, IReadOnlyList<OcppViolation> all)
    {
        bool isJson = IsJson(payload);
        bool isMalformed = all.Any(violation =>
            violation.Rule is OcppRule.MalformedJson or OcppRule.InvalidText or OcppRule.Depth
        );

        // The list ends at its limit, before what is malformed behind that.
        bool isWholeList = all.Count < OcppReadOptions.Strict.MaxViolations;
        return isJson == isMalformed && (isWholeList || isJson)
            ? new Find(
                "JSON",
                $"Utf8JsonReader {(isJson ? "takes" : "refuses")} it; found: {first}, {string.Join(' ', all)}"
            )
            : null;
    }

    private Find? FindInSchema(Reading reading, byte[] payload, OcppViolation? first, IReadOnlyList<OcppViolation> all)
    {
        tally.Judged++;
        Verdict verdict = SchemaFile.Get(reading.PayloadName).Judge.Ask(payload);
        if (verdict.FindDisagreement(first, all) is { } problem)
        {
            return new Find("schema", problem);
        }

        if (first is { } violation && verdict.FitsSchema)
        {
            tally.CountReason($"payload: {verdict.FindReason(violation, all)}");
        }

        return null;
    }

    private static Find? FindInSerializer(Reading reading, byte[] payload, OcppViolation? first)
    {
        try
        {
            object? value = JsonSerializer.Deserialize(payload, reading.GetPayloadType().Type, JsonContext.Default);
            return Equals(value, reading.Value)
                ? null
                : new Find("JsonSerializer", $"It reads {value} where TryParse finds {first}.");
        }
        catch (OcppValidationException exception)
        {
            OcppViolation found = exception.Violations[0];
            return IsSame(found, first)
                ? null
                : new Find("JsonSerializer", $"It finds {found} where TryParse finds {first}.");
        }
        catch (JsonException exception)
        {
            // Its own reader has refused it, or it is no object.
            return first is not null
                ? null
                : new Find("JsonSerializer", $"It finds {exception.Message} where TryParse finds nothing.");
        }
    }

    /// <summary>
    /// The serializer hands over one value, without the white space before it and whatever stands behind it: offsets
    /// count from its bracket on, and of <c>2/</c> it hands over the 2, which is no object.
    /// </summary>
    private static bool IsSame(OcppViolation bySerializer, OcppViolation? first) =>
        first is { } violation
        && (
            bySerializer with { Actual = null } == violation with { Actual = null }
            || (bySerializer.Rule == OcppRule.PayloadNotObject && violation.Rule == OcppRule.MalformedJson)
        );

    /// <summary>The record holds what the payload says, and is written and read again without loss.</summary>
    private Find? FindInValues(Reading reading, byte[] payload)
    {
        ObjectNode schema = SchemaFile.Get(reading.PayloadName).Root;
        var comparison = new ValueComparison();
        if (comparison.FindDifference(schema, JsonElement.Parse(payload), reading.Value!) is { } difference)
        {
            return new Find("value", difference);
        }

        byte[] written;
        try
        {
            written = reader.Write(reading.GetPayloadType(), reading.Value!);
        }
        catch (OcppValidationException exception)
            when (exception.Violations.All(violation => violation.Rule == OcppRule.Depth))
        {
            tally.CountReason("written: nested deeper than 48 levels");
            return null;
        }

        if (!reader.TryParse(reading.GetPayloadType(), written, out object? again, out OcppViolation violation))
        {
            return new Find("writing", $"What is written of it is refused: {violation}");
        }

        bool isEqual = Equals(again, reading.Value) && again!.GetHashCode() == reading.Value!.GetHashCode();
        return !isEqual && !comparison.HasFineTime
                ? new Find("writing", $"Written and read again it is another: {Encoding.UTF8.GetString(written)}")
            : !written.AsSpan().SequenceEqual(reader.Write(reading.GetPayloadType(), again!))
                ? new Find("writing", $"Written again it is other bytes: {Encoding.UTF8.GetString(written)}")
            : null;
    }

    private static bool IsJson(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An InvalidOperationException is GetString's way to refuse what is no Unicode.
            return false;
        }
    }
}
