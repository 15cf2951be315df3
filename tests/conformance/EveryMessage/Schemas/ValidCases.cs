using System.Globalization;
using Ocpp.EveryMessage.Wire;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>Every field of a payload, at any depth, with the values at the edge of what its schema allows.</summary>
internal sealed class ValidCases
{
    private static readonly string[] s_dateTimes =
    [
        "2026-01-31T12:34:56Z",
        "2026-01-31t12:34:56z",
        "2024-02-29T23:59:59.999Z",
        "2026-01-31T12:34:56.1+14:00",
        "2026-01-31T12:34:56-14:00",
        "2026-01-31T12:34:56.123456789012Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "2026-01-31T12:34:56-00:00",
        "2026-01-31T12:34:56.0000000+05:45",
    ];

    private static readonly string[] s_numbers =
    [
        "0",
        "-0.0",
        "1",
        "0.000001",
        "-123456789.123456",
        "1.5e3",
        "1E-6",
        "79228162514264337593543950335",
        "0.1234567890123456789012345678",
    ];

    private readonly List<ValidCase> _cases = [];

    public static IReadOnlyList<ValidCase> Of(ObjectNode schema)
    {
        var cases = new ValidCases();
        cases._cases.Add(new ValidCase("full", Samples.Full(schema)));
        cases._cases.Add(new ValidCase("minimal", Samples.Minimal(schema)));
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
            if (!property.IsRequired)
            {
                Add("absent", at, embed(value.Without(property.Name)));
            }
        }

        Add("backwards", path, embed(new WireObject([.. value.Properties.Reverse()])));
    }

    private void Visit(SchemaNode schema, WireValue value, string path, Func<WireValue, WireObject> embed)
    {
        void AddAll(IEnumerable<string> values)
        {
            foreach (string json in values)
            {
                Add(json.Length < 100 ? json : "at the limit", path, embed(new WireScalar(json)));
            }
        }

        switch (schema)
        {
            case ObjectNode node:
                VisitObject(node, path, embed);
                break;
            case ListNode node:
                var list = (WireArray)value;
                Visit(node.Item, list.Items[0], path + "/0", changed => embed(list.With(0, changed)));

                // Where nothing bounds a list, more items than a pooled array holds at first.
                foreach (int count in new[] { node.MinItems, node.MaxItems ?? node.MinItems + 40 })
                {
                    Add($"{count} items", path, embed(new WireArray([.. Enumerable.Repeat(list.Items[0], count)])));
                }

                break;
            case TextNode node:
                int length = node.MaxLength ?? 200;
                AddAll([
                    "\"\"",
                    WireValue.Text(new string('a', length)).ToJson(),
                    WireValue.Text(new string('\u00E9', length)).ToJson(),
                    WireValue.Text(string.Concat(Enumerable.Repeat("\U0001F600", length))).ToJson(),
                    $"\"{string.Concat(Enumerable.Repeat("\\uD83D\\uDE00", length))}\"",
                    $"\"{string.Concat(Enumerable.Repeat("\\n", length))}\"",
                    $"\"{new string('a', length - 1)}\\u0000\"",
                ]);
                break;
            case UriNode:
                AddAll([
                    "\"ftp://user:password@example.com:2121/logs/\"",
                    "\"https:\\/\\/example.com\\/a?b=c#d\"",
                    "\"urn:example:a\"",
                    "\"FTP://[2001:db8::1]/\u00E9\"",
                    "\"x-y+z.1:a\"",
                ]);
                break;
            case EnumNode node:
                AddAll(node.Values.Select(WireValue.Quote));
                AddAll([string.Concat(node.Values[0].Select(c => $"\\u{(int)c:X4}").Prepend("\"").Append("\""))]);
                break;
            case DateTimeNode:
                AddAll(s_dateTimes.Select(WireValue.Quote));
                break;
            case BooleanNode:
                AddAll(["true", "false"]);
                break;
            case IntegerNode node:
                int minimum = node.Minimum ?? int.MinValue;
                int maximum = node.Maximum ?? int.MaxValue;
                AddAll(new[] { minimum, maximum }.Select(bound => bound.ToString(CultureInfo.InvariantCulture)));
                AddAll([$"{minimum}.0", $"{maximum}.000", $"{maximum}0e-1"]);
                if (minimum <= 0 && maximum >= 70)
                {
                    AddAll(["0", "-0", "7.0", "70e-1", "0.7E+1", "0e99"]);
                }

                break;
            case NumberNode node:
                decimal?[] bounds = [node.Minimum, node.Maximum];
                AddAll(bounds.OfType<decimal>().Select(bound => bound.ToString(CultureInfo.InvariantCulture)));
                AddAll(
                    s_numbers.Where(number =>
                        node.Takes(decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture))
                    )
                );
                break;
            case AnyNode:
                AddAll(["null", "true", "0", "1e400", "\"\"", "[]", "{}", "{\"\":[[null]]}"]);
                break;
        }
    }

    private void Add(string what, string path, WireObject payload) =>
        _cases.Add(new ValidCase($"{what} at {path}", payload));
}
