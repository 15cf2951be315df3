namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// What a schema says about one value, as the tests read it by hand: independent of the generator and of NJsonSchema.
/// </summary>
internal abstract record SchemaNode;

internal sealed record TextNode(int? MaxLength) : SchemaNode;

internal sealed record UriNode(int? MaxLength) : SchemaNode;

internal sealed record DateTimeNode : SchemaNode;

internal sealed record IntegerNode(int? Minimum, int? Maximum) : SchemaNode;

internal sealed record NumberNode(decimal? Minimum, decimal? Maximum, decimal? MultipleOf) : SchemaNode
{
    public bool Takes(decimal value) =>
        !(value < Minimum) && !(value > Maximum) && (MultipleOf is null || value % MultipleOf == 0);
}

internal sealed record BooleanNode : SchemaNode;

internal sealed record EnumNode(string Name, IReadOnlyList<string> Values) : SchemaNode;

internal sealed record ListNode(SchemaNode Item, int MinItems, int? MaxItems) : SchemaNode;

internal sealed record ObjectNode(string Name, IReadOnlyList<PropertyNode> Properties, bool IsOpen) : SchemaNode
{
    public PropertyNode? Find(string name) => Properties.FirstOrDefault(property => property.Name == name);
}

internal sealed record AnyNode : SchemaNode;

internal sealed record PropertyNode(string Name, SchemaNode Value, bool IsRequired);
