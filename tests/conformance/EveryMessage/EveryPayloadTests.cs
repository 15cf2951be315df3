using System.Text;
using System.Text.Json;
using Ocpp.EveryMessage.Schemas;
using Ocpp.EveryMessage.Wire;
using Ocpp.Validation;
using Xunit;
using Xunit.Abstractions;

namespace Ocpp.EveryMessage;

/// <summary>What holds for every payload that has a schema, whichever these are.</summary>
public sealed class EveryPayloadTests(ITestOutputHelper output)
{
    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Values_at_the_edge_are_read_and_written_and_read_again_as_equal_records(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        IReadOnlyList<ValidCase> cases = ValidCases.Of(schema.Root);
        foreach (ValidCase @case in cases)
        {
            byte[] json = @case.Payload.ToUtf8();
            Assert.True(
                schema.Type.TryParse(json, out object? record, out OcppViolation violation),
                $"{@case}: {violation}"
            );
            Assert.Empty(schema.Type.Check(json));
            Assert.Empty(schema.Type.Validate(record!));
            Assert.True(schema.Judge.Ask(json).IsValid, $"{@case}: the judge refuses it.");

            byte[] written = schema.Type.ToUtf8Bytes(record!);
            Assert.True(
                written.AsSpan().SequenceEqual(json) || schema.Judge.Ask(written).IsValid,
                $"{@case}: the judge refuses what was written."
            );
            Assert.True(schema.Type.TryParse(written, out object? again, out violation), $"{@case}: {violation}");

            // What .NET keeps of a time beyond the millisecond is not written (part 2, section 2.1.4).
            if (!@case.What.Contains("123456789012Z", StringComparison.Ordinal))
            {
                Assert.Equal(record, again);
                Assert.Equal(record!.GetHashCode(), again!.GetHashCode());
            }
        }

        output.WriteLine($"{payloadName}: {cases.Count} valid payloads");
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void What_is_written_is_the_payload_that_was_read(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        foreach (WireObject payload in new[] { Samples.Full(schema.Root), Samples.Minimal(schema.Root) })
        {
            Assert.True(
                schema.Type.TryParse(payload.ToUtf8(), out object? record, out OcppViolation violation),
                violation.ToString()
            );
            JsonElement written = JsonElement.Parse(schema.Type.ToUtf8Bytes(record!));
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(payload.ToJson()), written), payload.ToJson());
        }
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Each_constraint_of_each_field_is_found_violated_with_its_code_path_and_limit(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        IReadOnlyList<ViolationCase> cases = ViolationCases.Of(schema.Root);
        string[] problems =
        [
            .. cases
                .Select(@case => FindProblem(schema, @case) is { } problem ? $"{@case}: {problem}" : "")
                .Where(text => text.Length > 0),
        ];
        Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));

        var counts = cases.GroupBy(@case => @case.Expected.Rule).Select(group => $"{group.Key} {group.Count()}");
        output.WriteLine(
            $"{payloadName}: {cases.Count} violations ({string.Join(", ", counts)}); "
                + $"stricter than NJsonSchema in {cases.Count(@case => @case.Stricter is not null)}"
        );
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void All_violations_of_a_payload_are_listed_in_their_order(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        WireObject payload = Samples.Full(schema.Root);

        // Every property null; but a value of any type may be null.
        var wrong = new WireObject([
            .. payload.Properties.Select(property => property with { Value = WireValue.Null }),
        ]);
        OcppViolation[] expected =
        [
            .. schema
                .Root.Properties.Where(property => property.Value is not AnyNode)
                .Select(property => ErrorCodes.Violation(OcppRule.Null, "/" + property.Name)),
            ErrorCodes.Violation(OcppRule.UnknownProperty, "/further"),
        ];
        Assert.Equal(expected, schema.Type.Check(wrong.Append("further", WireValue.Null).ToUtf8()));

        OcppViolation[] missing =
        [
            .. schema
                .Root.Properties.Where(property => property.IsRequired)
                .Select(property => ErrorCodes.Violation(OcppRule.Required, "/" + property.Name)),
        ];
        Assert.Equal(missing, schema.Type.Check("{}"u8));
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void White_space_between_any_two_tokens_changes_nothing(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        WireObject payload = Samples.EachTypeInFullOnce(schema.Root);
        Assert.True(schema.Type.TryParse(payload.ToUtf8(), out object? plain, out _));
        string[] tokens = [.. payload.Tokens];
        foreach (string space in new[] { " ", "\t", "\r\n", "\n \t\r " })
        {
            Assert.True(
                schema.Type.TryParse(payload.ToUtf8(space), out object? spaced, out OcppViolation violation),
                violation.ToString()
            );
            Assert.Equal(plain, spaced);
        }

        for (int i = 0; i <= tokens.Length; i++)
        {
            string json = string.Concat(tokens[..i]) + " " + string.Concat(tokens[i..]);
            byte[] utf8 = Encoding.UTF8.GetBytes(json);
            Assert.True(
                schema.Type.TryParse(utf8, out object? spaced, out OcppViolation violation),
                $"{violation} at token {i}"
            );
            Assert.Equal(plain, spaced);
        }
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void A_payload_cut_off_anywhere_is_malformed(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        byte[] json = Samples.EachTypeInFullOnce(schema.Root).ToUtf8();
        for (int length = 0; length < json.Length; length++)
        {
            ReadOnlySpan<byte> cut = json.AsSpan(0, length);
            Assert.False(schema.Type.TryParse(cut, out _, out OcppViolation violation));
            Assert.Equal(
                (OcppErrorCode.FormatViolation, OcppRule.MalformedJson),
                (violation.ErrorCode, violation.Rule)
            );
            Assert.InRange(violation.Actual!.Value, 0, length);
            Assert.Equal([violation], schema.Type.Check(cut));
        }
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void JsonSerializer_reads_and_writes_the_same(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        byte[] json = Samples.Full(schema.Root).ToUtf8();
        Assert.True(schema.Type.TryParse(json, out object? record, out _));
        Assert.Equal(record, JsonSerializer.Deserialize(json, schema.Type.Type, JsonContext.Default));
        Assert.Equal(
            schema.Type.ToUtf8Bytes(record!),
            JsonSerializer.SerializeToUtf8Bytes(record, schema.Type.Type, JsonContext.Default)
        );
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void What_is_no_object_is_no_payload(string payloadName)
    {
        PayloadType type = PayloadType.Of(payloadName);
        foreach (string json in new[] { "null", "true", "0", "\"text\"", "[]", "[{}]" })
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(json);
            Assert.False(type.TryParse(utf8, out _, out OcppViolation violation));
            Assert.Equal(ErrorCodes.Violation(OcppRule.PayloadNotObject, ""), violation);
            Assert.Equal([violation], type.Check(utf8));
        }
    }

    private static string? FindProblem(SchemaFile schema, ViolationCase @case)
    {
        byte[] json = @case.Payload.ToUtf8();
        if (schema.Type.TryParse(json, out object? record, out OcppViolation violation) || record is not null)
        {
            return "It is taken.";
        }

        if (violation != @case.Expected)
        {
            return $"Expected {@case.Expected}, found {violation}";
        }

        if (schema.Type.Check(json) is not [var only] || only != @case.Expected)
        {
            return $"Check finds {string.Join(' ', schema.Type.Check(json))}";
        }

        Verdict verdict = schema.Judge.Ask(json);
        return verdict switch
        {
            { IsValid: true } => "The judge takes it.",
            { FitsSchema: true } when @case.Stricter is null => "NJsonSchema takes it.",
            { FitsSchema: false } when @case.Stricter is not null => "NJsonSchema refuses it.",
            _ when @case.Stricter is { } stricter && !verdict.Stricter.SetEquals([stricter]) =>
                "It is stricter in another way.",
            _ => null,
        };
    }
}
