using System.Globalization;
using Ocpp.EveryMessage.Wire;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>Valid payloads, built from what a schema says.</summary>
internal static class Samples
{
    /// <summary>
    /// Every property there is, each list with one item at least, further properties where any are taken.
    /// </summary>
    public static WireObject Full(ObjectNode schema) => Full(schema, null);

    /// <summary>
    /// As <see cref="Full(ObjectNode)"/>, but each type with all of its properties only where it comes first, and with
    /// the required ones elsewhere: for what is tried at every byte or token.
    /// </summary>
    public static WireObject EachTypeInFullOnce(ObjectNode schema) => Full(schema, []);

    /// <summary>
    /// Every property there is, as <see cref="Full(ObjectNode)"/>, but objects within it with their required properties
    /// only: the surroundings of a case that changes one value, whose size does not grow with the depth of the others.
    /// </summary>
    public static WireObject Shallow(ObjectNode schema)
    {
        IEnumerable<WireProperty> properties = schema.Properties.Select(p => new WireProperty(
            p.Name,
            Shallow(p.Value, p.Name)
        ));
        return new WireObject(schema.IsOpen ? [.. properties, .. FurtherProperties] : [.. properties]);
    }

    /// <summary>The required properties only.</summary>
    public static WireObject Minimal(ObjectNode schema) =>
        new([
            .. schema
                .Properties.Where(p => p.IsRequired)
                .Select(p => new WireProperty(p.Name, Minimal(p.Value, p.Name))),
        ]);

    private static IEnumerable<WireProperty> FurtherProperties =>
        [
            new("further", WireValue.Parse("""{"any":[1,-2.50,"three",true,false,null,{}],"":{"nested":[[]]}}""")),
            new("anotherOne", WireValue.Null),
        ];

    private static WireObject Full(ObjectNode schema, HashSet<string>? inFull)
    {
        // Objects that are declared in place may have one name and different properties.
        if (inFull?.Add(string.Join(' ', schema.Properties.Select(p => p.Name).Prepend(schema.Name))) == false)
        {
            return Minimal(schema);
        }

        IEnumerable<WireProperty> properties = schema.Properties.Select(p => new WireProperty(
            p.Name,
            Full(p.Value, p.Name, inFull)
        ));
        return new WireObject(schema.IsOpen ? [.. properties, .. FurtherProperties] : [.. properties]);
    }

    private static WireValue Full(SchemaNode schema, string name, HashSet<string>? inFull) =>
        schema switch
        {
            ObjectNode node => Full(node, inFull),
            ListNode node => new WireArray([
                .. Enumerable.Repeat(Full(node.Item, name, inFull), Math.Max(1, node.MinItems)),
            ]),
            AnyNode => WireValue.Parse("""{"any":[1,"two",null,{"three":3.5}]}"""),
            _ => Scalar(schema, name),
        };

    private static WireValue Shallow(SchemaNode schema, string name) =>
        schema switch
        {
            ListNode node => new WireArray([
                .. Enumerable.Repeat(Shallow(node.Item, name), Math.Max(1, node.MinItems)),
            ]),
            ObjectNode => Minimal(schema, name),
            _ => Full(schema, name, null),
        };

    private static WireValue Minimal(SchemaNode schema, string name) =>
        schema switch
        {
            ObjectNode node => Minimal(node),
            ListNode node => new WireArray([.. Enumerable.Repeat(Minimal(node.Item, name), node.MinItems)]),
            AnyNode => new WireScalar("0"),
            _ => Scalar(schema, name),
        };

    private static WireScalar Scalar(SchemaNode schema, string name) =>
        schema switch
        {
            // The name as content: a value that ends up in another property shows.
            TextNode node => new WireScalar(
                WireValue.Quote(name[..Math.Min(name.Length, node.MaxLength ?? int.MaxValue)])
            ),
            UriNode node => new WireScalar(
                WireValue.Quote(
                    $"ftp://u:p@example.com/{name}"[..Math.Min(21 + name.Length, node.MaxLength ?? int.MaxValue)]
                )
            ),
            DateTimeNode => new WireScalar("\"2026-01-31T12:34:56.789Z\""),
            EnumNode node => new WireScalar(WireValue.Quote(node.Values[^1])),
            BooleanNode => new WireScalar("true"),
            IntegerNode node => new WireScalar(Clamp(name.Length, node).ToString(CultureInfo.InvariantCulture)),
            NumberNode node => new WireScalar(Clamp(12.5m, node).ToString(CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException(schema.GetType().Name),
        };

    private static int Clamp(int value, IntegerNode node) =>
        Math.Max(node.Minimum ?? int.MinValue, Math.Min(node.Maximum ?? int.MaxValue, value));

    private static decimal Clamp(decimal value, NumberNode node) =>
        Math.Max(
            node.Minimum ?? decimal.MinValue,
            Math.Min(node.Maximum ?? decimal.MaxValue, value - (value % (node.MultipleOf ?? value)))
        );
}
