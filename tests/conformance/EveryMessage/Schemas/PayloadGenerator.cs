using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Ocpp.EveryMessage.Wire;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>Random payloads that a schema allows, in random spellings and orders.</summary>
internal static class PayloadGenerator
{
    private static readonly string[] s_characters =
    [
        "a",
        "Z",
        "0",
        " ",
        "+",
        "/",
        "=",
        "-",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u001F",
        "\"",
        "\\",
        "<",
        "&",
        "\u007F",
        "\u00E9",
        "\u20AC",
        "\u2028",
        "\uFEFF",
        "\uFFFD",
        "\U0001F600",
        "\U0010FFFF",
    ];

    public static Gen<WireObject> Payload(ObjectNode schema)
    {
        List<Gen<WireProperty?>> properties = [.. schema.Properties.Select(Property)];
        if (schema.IsOpen)
        {
            properties.AddRange(Enumerable.Range(0, 3).Select(FurtherProperty));
        }

        return from members in Sequence(properties)
            from shuffled in Gen.Shuffle(members.OfType<WireProperty>().ToArray())
            select new WireObject(shuffled);
    }

    private static Gen<WireProperty?> Property(PropertyNode property)
    {
        Gen<WireProperty?> present =
            from value in Value(property.Value)
            from isEscaped in Chance(10)
            select (WireProperty?)new WireProperty(property.Name, value, isEscaped ? Escape(property.Name) : null);
        return property.IsRequired ? present : Gen.OneOf(present, Gen.Constant<WireProperty?>(null));
    }

    /// <summary>The index in its name keeps it apart from its siblings and from the type's own properties.</summary>
    private static Gen<WireProperty?> FurtherProperty(int index) =>
        from isPresent in Chance(3)
        from name in Text(8)
        from value in Any(2)
        select isPresent ? new WireProperty($"{index}{name}", value) : null;

    private static Gen<WireValue> Value(SchemaNode schema) =>
        schema switch
        {
            ObjectNode node => Payload(node).Select(value => (WireValue)value),
            ListNode node => from count in Gen.Choose(
                node.MinItems,
                Math.Min(node.MaxItems ?? int.MaxValue, node.MinItems + 3)
            )
            from items in Sequence(Enumerable.Repeat(Value(node.Item), count))
            select (WireValue)new WireArray(items),
            TextNode node => Text(node.MaxLength ?? 1000).SelectMany(Spell),
            UriNode => Gen.Elements("ftp://example.com/a", "https://u:p@example.com:8443/a?b=c", "urn:a:b", "x-y.1:a")
                .SelectMany(Spell),
            EnumNode node => Gen.Elements(node.Values.ToArray()).SelectMany(Spell),
            DateTimeNode => DateTime(),
            IntegerNode node => Integer(node),
            NumberNode { Minimum: null, Maximum: null, MultipleOf: { } step } => Gen.Choose(-1_000_000, 1_000_000)
                .Select(count => (WireValue)new WireScalar((count * step).ToString(CultureInfo.InvariantCulture))),
            NumberNode { Minimum: null, Maximum: null } => Number(),
            NumberNode node => Number(
                node.Minimum ?? node.Maximum!.Value - 1000,
                node.Maximum ?? node.Minimum!.Value + 1000
            ),
            BooleanNode => Gen.Elements<WireValue>(new WireScalar("true"), new WireScalar("false")),
            _ => Any(3),
        };

    /// <summary>Short ones mostly, and some of exactly the length that is allowed.</summary>
    private static Gen<string> Text(int maxLength)
    {
        Gen<int> length = Gen.Frequency(
            (8, Gen.Choose(0, Math.Min(maxLength, 20))),
            (1, Gen.Constant(Math.Min(maxLength, 1000)))
        );
        return from count in length
            from characters in Gen.Elements(s_characters).ArrayOf(count)
            select string.Concat(characters);
    }

    private static Gen<WireValue> Spell(string text) =>
        Chance(10)
            .Select(isEscaped => (WireValue)new WireScalar(isEscaped ? $"\"{Escape(text)}\"" : WireValue.Quote(text)));

    private static string Escape(string text) => string.Concat(text.Select(c => $"\\u{(int)c:X4}"));

    /// <summary>
    /// In the form in which they are written, so that a payload can be compared with what is written for it.
    /// </summary>
    private static Gen<WireValue> DateTime() =>
        from seconds in Gen.Choose(0, int.MaxValue)
        from milliseconds in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 999))
        from minutes in Gen.OneOf(Gen.Constant(0), Gen.Choose(-14 * 60, 14 * 60))
        let start = new DateTimeOffset(2, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(minutes))
        let time = start.AddSeconds(29L * seconds).AddMilliseconds(milliseconds)
        let format = $"yyyy-MM-dd'T'HH:mm:ss{(milliseconds == 0 ? "" : ".fff")}{(minutes == 0 ? "'Z'" : "zzz")}"
        select (WireValue)new WireScalar($"\"{time.ToString(format, CultureInfo.InvariantCulture)}\"");

    private static Gen<WireValue> Integer(IntegerNode schema)
    {
        int minimum = schema.Minimum ?? int.MinValue;
        int maximum = schema.Maximum ?? int.MaxValue;
        return from value in Gen.OneOf(
                Gen.Choose(Math.Max(minimum, -100), Math.Min(maximum, 100)),
                Gen.Constant(minimum),
                Gen.Constant(maximum)
            )
            from end in Gen.Frequency(
                (8, Gen.Constant("")),
                (1, Gen.Constant(".0")),
                (1, Gen.Constant(value == 0 ? "e9" : "0e-1"))
            )
            select (WireValue)new WireScalar(value.ToString(CultureInfo.InvariantCulture) + end);
    }

    private static Gen<WireValue> Number() =>
        from digits in Gen.Choose(int.MinValue, int.MaxValue)
        from scale in Gen.Choose(0, 6)
        from exponent in Gen.Elements("", "", "", "e0", "E+3", "e-3")
        let number = new decimal(Math.Abs((long)digits)) / (long)Math.Pow(10, scale)
        select (WireValue)
            new WireScalar($"{(digits < 0 ? "-" : "")}{number.ToString(CultureInfo.InvariantCulture)}{exponent}");

    private static Gen<WireValue> Number(decimal minimum, decimal maximum) =>
        from part in Gen.Choose(0, 1000)
        let number = Math.Clamp(Math.Round(minimum + ((maximum - minimum) * part / 1000), 6), minimum, maximum)
        select (WireValue)new WireScalar(number.ToString(CultureInfo.InvariantCulture));

    private static Gen<WireValue> Any(int depth)
    {
        Gen<WireValue> scalar = Gen.OneOf(
            Gen.Elements("null", "true", "1e400", "-0.0", "12345678901234567890")
                .Select(json => (WireValue)new WireScalar(json)),
            Text(20).SelectMany(Spell)
        );
        if (depth == 0)
        {
            return scalar;
        }

        Gen<WireValue> array =
            from count in Gen.Choose(0, 3)
            from items in Sequence(Enumerable.Repeat(Any(depth - 1), count))
            select (WireValue)new WireArray(items);
        Gen<WireValue> members =
            from count in Gen.Choose(0, 3)
            from items in Sequence(Enumerable.Range(0, count).Select(_ => Any(depth - 1)))
            from name in Text(5)
            select (WireValue)new WireObject([.. items.Select((item, index) => new WireProperty(name + index, item))]);
        return Gen.OneOf(scalar, array, members);
    }

    private static Gen<bool> Chance(int oneIn) => Gen.Choose(1, oneIn).Select(drawn => drawn == 1);

    private static Gen<T[]> Sequence<T>(IEnumerable<Gen<T>> generators) =>
        Gen.CollectToArray(generators, generator => generator);
}
