using System.Globalization;
using System.Text;
using Ocpp.EveryMessage.Wire;
using Ocpp.Validation;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// Every constraint of every field of a payload, at any depth, violated one by one in an otherwise valid sample.
/// </summary>
internal sealed class ViolationCases
{
    private const string LoneSurrogate = "\"before \\uD83D after\"";

    private static readonly (string What, string Json)[] s_values =
    [
        ("a text", "\"text\""),
        ("an empty text", "\"\""),
        ("true", "true"),
        ("false", "false"),
        ("zero", "0"),
        ("a negative number", "-1"),
        ("a fraction", "1.5"),
        ("an object", "{\"a\":[1,{\"b\":null}]}"),
        ("an empty object", "{}"),
        ("an array", "[\"text\",{\"c\":[]}]"),
        ("an empty array", "[]"),
    ];

    private readonly List<ViolationCase> _cases = [];

    public static IReadOnlyList<ViolationCase> Of(ObjectNode schema)
    {
        var cases = new ViolationCases();
        cases.VisitObject(schema, "", payload => (WireObject)payload);
        return cases._cases;
    }

    private void VisitObject(ObjectNode schema, string path, Func<WireValue, WireObject> embed)
    {
        WireObject value = Samples.Shallow(schema);
        foreach (PropertyNode property in schema.Properties)
        {
            string at = $"{path}/{property.Name}";
            Visit(property.Value, value[property.Name], at, changed => embed(value.With(property.Name, changed)));
            WireObject twice = value.Append(property.Name, value[property.Name]);
            Add("a property twice", embed(twice), OcppRule.DuplicateProperty, at, stricter: Stricter.DuplicateProperty);
            if (property.IsRequired)
            {
                Add("a missing property", embed(value.Without(property.Name)), OcppRule.Required, at);
            }

            if (!schema.IsOpen)
            {
                string near = property.Name.ToUpperInvariant();
                Add(
                    "a name in capitals",
                    embed(value.Append(near, value[property.Name])),
                    OcppRule.UnknownProperty,
                    $"{path}/{near}"
                );
            }
        }

        if (schema.IsOpen)
        {
            string further = value.Properties[^1].Name;
            Add(
                "a further property twice",
                embed(value.Append(further, WireValue.Null)),
                OcppRule.DuplicateProperty,
                $"{path}/{further}",
                stricter: Stricter.DuplicateProperty
            );
            Add(
                "a property twice in a further property",
                embed(value.Append("third", new WireScalar("""[{"x":1,"\u0078":2}]"""))),
                OcppRule.DuplicateProperty,
                $"{path}/third",
                stricter: Stricter.DuplicateProperty
            );
        }
        else
        {
            foreach ((string what, string json) in s_values)
            {
                WireObject other = value.Append("a/b~c", new WireScalar(json));
                Add($"an unknown property with {what}", embed(other), OcppRule.UnknownProperty, $"{path}/a~1b~0c");
            }

            Add("an empty name", embed(value.Append("", WireValue.Null)), OcppRule.UnknownProperty, $"{path}/");
        }
    }

    private void Visit(SchemaNode schema, WireValue value, string path, Func<WireValue, WireObject> embed)
    {
        if (schema is AnyNode)
        {
            Add(
                "a property twice in a value of any type",
                embed(new WireScalar("""{"a":{"b":1,"b":1}}""")),
                OcppRule.DuplicateProperty,
                path,
                stricter: Stricter.DuplicateProperty
            );
            return;
        }

        Add("null", embed(WireValue.Null), OcppRule.Null, path);
        foreach ((string what, string json) in s_values.Where(wrong => !IsOfType(schema, wrong.Json)))
        {
            Add($"{what} in place of {schema.GetType().Name}", embed(new WireScalar(json)), OcppRule.Type, path);
        }

        switch (schema)
        {
            case ObjectNode node:
                VisitObject(node, path, embed);
                break;
            case ListNode node:
                VisitList(node, (WireArray)value, path, embed);
                break;
            case TextNode node:
                VisitText(node, path, embed);
                break;
            case UriNode:
                VisitUri(path, embed);
                break;
            case EnumNode node:
                VisitEnum(node, path, embed);
                break;
            case DateTimeNode:
                VisitDateTime(path, embed);
                break;
            case IntegerNode node:
                VisitInteger(node, path, embed);
                break;
            case NumberNode node:
                VisitNumber(node, path, embed);
                break;
        }
    }

    private static bool IsOfType(SchemaNode schema, string json) =>
        schema switch
        {
            ObjectNode => json[0] == '{',
            ListNode => json[0] == '[',
            BooleanNode => json[0] is 't' or 'f',
            NumberNode => json[0] is '0' or '-' or '1',
            IntegerNode => json[0] is '0' or '-',
            _ => json[0] == '"',
        };

    private void VisitList(ListNode schema, WireArray value, string path, Func<WireValue, WireObject> embed)
    {
        WireValue item = value.Items[0];

        // Where there is room, the wrong item comes second: its index in the path is not 0 by chance.
        bool hasRoom = schema.MaxItems is null or > 1 && value.Items.Count == 1;
        Visit(
            schema.Item,
            item,
            hasRoom ? $"{path}/1" : $"{path}/0",
            changed => embed(hasRoom ? new WireArray([item, changed]) : value.With(0, changed))
        );

        for (int count = 0; count < schema.MinItems; count++)
        {
            Add(
                "too few items",
                embed(new WireArray([.. Enumerable.Repeat(item, count)])),
                OcppRule.MinItems,
                path,
                schema.MinItems,
                count
            );
        }

        if (schema.MaxItems is { } max)
        {
            foreach (int count in new[] { max + 1, max + 40 })
            {
                Add(
                    "too many items",
                    embed(new WireArray([.. Enumerable.Repeat(item, count)])),
                    OcppRule.MaxItems,
                    path,
                    max,
                    count
                );
            }
        }
    }

    private void VisitUri(string path, Func<WireValue, WireObject> embed)
    {
        AddInvalidText(path, embed);
        foreach (string text in new[] { "", "logs", "example.com/logs", "1ftp://example.com", "ftp", ":", "http://" })
        {
            Add($"not a URI: {text}", embed(WireValue.Text(text)), OcppRule.Uri, path);
        }

        Add("a path", embed(WireValue.Text("/logs")), OcppRule.Uri, path, stricter: Stricter.UriForm);
        Add("a space before", embed(WireValue.Text(" ftp://a/b")), OcppRule.Uri, path, stricter: Stricter.UriForm);
    }

    private void VisitText(TextNode schema, string path, Func<WireValue, WireObject> embed)
    {
        AddInvalidText(path, embed, Stricter.InvalidText);
        if (schema.MaxLength is not { } max)
        {
            return;
        }

        string[] tooLong =
        [
            new('a', max + 1),
            new('a', max + 100),
            new string('a', max) + "\n",
            new('\u00E9', max + 1),
            new string('a', max) + "\u20AC",
            string.Concat(Enumerable.Repeat("\U0001F600", max + 1)),
        ];
        foreach (string text in tooLong)
        {
            Add("too long", embed(WireValue.Text(text)), OcppRule.MaxLength, path, max, text.EnumerateRunes().Count());
        }

        Add(
            "too long in escapes",
            embed(new WireScalar($"\"{string.Concat(Enumerable.Repeat("\\uD83D\\uDE00", max + 1))}\"")),
            OcppRule.MaxLength,
            path,
            max,
            max + 1
        );
    }

    private void VisitEnum(EnumNode schema, string path, Func<WireValue, WireObject> embed)
    {
        AddInvalidText(path, embed);
        string value = schema.Values[^1];
        string[] candidates =
        [
            "",
            "text",
            value[..^1],
            value[1..],
            value + "s",
            "x" + value,
            " " + value,
            value + " ",
            value + "\0",
            value.ToUpperInvariant(),
            value.ToLowerInvariant(),
            value + "\uFEFF",
            schema.Name,
            new('a', 5000),
        ];
        foreach (string text in candidates.Except(schema.Values))
        {
            Add("outside the enum", embed(WireValue.Text(text)), OcppRule.Enum, path);
        }
    }

    private void VisitDateTime(string path, Func<WireValue, WireObject> embed)
    {
        AddInvalidText(path, embed);
        string[] malformed =
        [
            "",
            "text",
            "2026-01-01T00:00Z",
            "2026-1-1T00:00:00Z",
            "2026-01-01T00:00:00Z ",
            " 2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00ZZ",
            "2026-01-01T00:00:00,5Z",
            "01/31/2026 12:00:00",
            "/Date(1700000000000)/",
            "1700000000",
            "2026-01-01T0A:00:00Z",
            "+026-01-01T00:00:00Z",
            "2026-01-01T00:00:00\u2212" + "01:00",
        ];
        foreach (string text in malformed)
        {
            Add("no date-time: " + text, embed(WireValue.Text(text)), OcppRule.DateTime, path);
        }

        string[] otherForms =
        [
            "2026",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+1:00",
        ];
        string[] impossible =
        [
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00+15:00",
            "2026-01-01T00:00:00+00:60",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            "\u0662\u0660\u0662\u0666-01-01T00:00:00Z",
        ];
        foreach (string text in otherForms.Concat(impossible))
        {
            Add(
                "not RFC 3339: " + text,
                embed(WireValue.Text(text)),
                OcppRule.DateTime,
                path,
                stricter: Stricter.DateTimeForm
            );
        }
    }

    private void VisitInteger(IntegerNode schema, string path, Func<WireValue, WireObject> embed)
    {
        foreach (
            string number in new[] { "0.5", "1e-1", "-1.000001", "1e-400", "1.00000000000000000000000000000000001" }
        )
        {
            Add("no integer: " + number, embed(new WireScalar(number)), OcppRule.Type, path);
        }

        string[] beyond32Bits =
        [
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "3e9",
            "-3000000000.0",
            "1e400",
            "123456789012345678901234567890",
        ];
        foreach (string number in beyond32Bits)
        {
            // Its bounds, where it has some, keep NJsonSchema from taking it.
            bool isBounded = number[0] == '-' ? schema.Minimum is not null : schema.Maximum is not null;
            Stricter? stricter = isBounded ? null : Stricter.NumberRange;
            Add(
                "beyond 32 bits: " + number,
                embed(new WireScalar(number)),
                OcppRule.NumberRange,
                path,
                stricter: stricter
            );
        }

        if (schema.Minimum is { } minimum)
        {
            Add(
                "below the minimum",
                embed(new WireScalar((minimum - 1).ToString(CultureInfo.InvariantCulture))),
                OcppRule.Minimum,
                path,
                minimum
            );
            Add("below the minimum", embed(new WireScalar($"{minimum - 1}.0")), OcppRule.Minimum, path, minimum);
        }

        if (schema.Maximum is { } maximum)
        {
            Add(
                "above the maximum",
                embed(new WireScalar((maximum + 1).ToString(CultureInfo.InvariantCulture))),
                OcppRule.Maximum,
                path,
                maximum
            );
        }
    }

    private void VisitNumber(NumberNode schema, string path, Func<WireValue, WireObject> embed)
    {
        foreach (string number in new[] { "79228162514264337593543950336", "-1e30", "1e400" })
        {
            // As with an integer, its bounds may keep NJsonSchema from taking it.
            bool isBounded = (number[0] == '-' ? schema.Minimum : schema.Maximum) is not null;
            Stricter? stricter = isBounded ? null : Stricter.NumberRange;
            Add(
                "beyond decimal: " + number,
                embed(new WireScalar(number)),
                OcppRule.NumberRange,
                path,
                stricter: stricter
            );
        }

        if (schema.MultipleOf is { } multipleOf)
        {
            foreach (string part in new[] { "0.5", "-1.5", "1.000001", "12345.75" })
            {
                decimal value = multipleOf * decimal.Parse(part, CultureInfo.InvariantCulture);
                Add(
                    "not a multiple",
                    embed(new WireScalar(value.ToString(CultureInfo.InvariantCulture))),
                    OcppRule.MultipleOf,
                    path,
                    ErrorCodes.Limit(multipleOf)
                );
            }
        }

        foreach (decimal step in new[] { 0.000001m, 1 })
        {
            if (schema.Minimum is { } minimum)
            {
                var below = new WireScalar((minimum - step).ToString(CultureInfo.InvariantCulture));
                Add("below the minimum", embed(below), OcppRule.Minimum, path, ErrorCodes.Limit(minimum));
            }

            if (schema.Maximum is { } maximum)
            {
                var above = new WireScalar((maximum + step).ToString(CultureInfo.InvariantCulture));
                Add("above the maximum", embed(above), OcppRule.Maximum, path, ErrorCodes.Limit(maximum));
            }
        }
    }

    // Where it is to be a date-time or an enumeration's value, NJsonSchema refuses it too, for not being one.
    private void AddInvalidText(string path, Func<WireValue, WireObject> embed, Stricter? stricter = null)
    {
        WireObject payload = embed(new WireScalar(LoneSurrogate));
        string json = payload.ToJson();
        int text =
            Encoding.UTF8.GetByteCount(json.AsSpan(0, json.IndexOf(LoneSurrogate, StringComparison.Ordinal))) + 1;
        Add("half a surrogate pair", payload, OcppRule.InvalidText, path, actual: text, stricter: stricter);
    }

    private void Add(
        string what,
        WireObject payload,
        OcppRule rule,
        string path,
        long? limit = null,
        long? actual = null,
        Stricter? stricter = null
    ) => _cases.Add(new ViolationCase(what, payload, ErrorCodes.Violation(rule, path, limit, actual), stricter));
}
