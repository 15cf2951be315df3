using System.Reflection;
using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// Every constraint of every field, at any depth, violated one by one in a copy of a valid record: what a program can
/// build, whatever its nullable annotations say.
/// </summary>
internal sealed class InvalidRecords
{
    private readonly List<InvalidRecord> _records = [];

    /// <param name="schema">The payload's schema.</param>
    /// <param name="full">A valid record in which every property has a value.</param>
    public static IReadOnlyList<InvalidRecord> Of(ObjectNode schema, object full)
    {
        var records = new InvalidRecords();
        records.VisitObject(schema, full, "", static record => record!);
        return records._records;
    }

    private void VisitObject(ObjectNode schema, object record, string path, Func<object?, object> embed)
    {
        foreach (PropertyNode node in schema.Properties)
        {
            PropertyInfo property = RecordProperty.Of(record, node.Name);
            object Set(object? value) => embed(With(record, property, value));
            string at = $"{path}/{node.Name}";
            if (node.IsRequired && !property.PropertyType.IsValueType)
            {
                Add("null", Set(null), OcppRule.Required, at);
            }

            Visit(node.Value, property.GetValue(record)!, at, Set);
        }

        if (schema.IsOpen)
        {
            PropertyInfo others = record.GetType().GetProperty("AdditionalProperties")!;
            foreach (string name in schema.Properties.Select(node => node.Name))
            {
                var clash = new Dictionary<string, JsonElement> { [name] = JsonElement.Parse("1") };
                Add(
                    "a clash of names",
                    embed(With(record, others, clash)),
                    OcppRule.DuplicateProperty,
                    $"{path}/{name}"
                );
            }

            var without = new Dictionary<string, JsonElement> { ["a~/b"] = default };
            Add("no value", embed(With(record, others, without)), OcppRule.Type, $"{path}/a~0~1b");
        }
    }

    private void Visit(SchemaNode schema, object value, string path, Func<object?, object> set)
    {
        switch (schema)
        {
            case ObjectNode node:
                VisitObject(node, value, path, set);
                break;
            case ListNode node:
                VisitList(node, (System.Collections.IList)value, path, set);
                break;
            case EnumNode node:
                Add("an undefined value", set(Enum.ToObject(value.GetType(), node.Values.Count)), OcppRule.Enum, path);
                Add("an undefined value", set(Enum.ToObject(value.GetType(), -1)), OcppRule.Enum, path);
                break;
            case TextNode node:
                Add("half a surrogate pair", set("a\uD83D"), OcppRule.InvalidText, path);
                if (node.MaxLength is { } max)
                {
                    Add("too long", set(new string('a', max + 1)), OcppRule.MaxLength, path, max, max + 1);
                    string emoji = string.Concat(Enumerable.Repeat("\U0001F600", max + 2));
                    Add("too long", set(emoji), OcppRule.MaxLength, path, max, max + 2);
                }

                break;
            case UriNode node:
                Add("half a surrogate pair", set("a:\uD83D"), OcppRule.InvalidText, path);
                Add("not a URI", set("/logs"), OcppRule.Uri, path);
                if (node.MaxLength is { } longest)
                {
                    string tooLong = "a:" + new string('a', longest - 1);
                    Add("too long", set(tooLong), OcppRule.MaxLength, path, longest, longest + 1);
                }

                break;
            case IntegerNode node:
                if (node.Minimum is { } minimum)
                {
                    Add("below the minimum", set(minimum - 1), OcppRule.Minimum, path, minimum);
                }

                if (node.Maximum is { } maximum)
                {
                    Add("above the maximum", set(maximum + 1), OcppRule.Maximum, path, maximum);
                }

                break;
            case NumberNode node:
                if (node.MultipleOf is { } step)
                {
                    Add("not a multiple", set(step * 1.5m), OcppRule.MultipleOf, path, ErrorCodes.Limit(step));
                }

                if (node.Minimum is { } least)
                {
                    Add("below the minimum", set(least - 0.000001m), OcppRule.Minimum, path, ErrorCodes.Limit(least));
                }

                if (node.Maximum is { } most)
                {
                    Add("above the maximum", set(most + 0.000001m), OcppRule.Maximum, path, ErrorCodes.Limit(most));
                }

                break;
            case AnyNode:
                Add("no value", set(default(JsonElement)), OcppRule.Type, path);
                Add("a property twice", set(JsonElement.Parse("""{"a":1,"a":1}""")), OcppRule.DuplicateProperty, path);
                break;
        }
    }

    private void VisitList(ListNode schema, System.Collections.IList value, string path, Func<object?, object> set)
    {
        Type itemType = value.GetType().GetElementType()!;
        Array Copies(int count)
        {
            Array items = Array.CreateInstance(itemType, count);
            for (int i = 0; i < count; i++)
            {
                items.SetValue(value[0], i);
            }

            return items;
        }

        bool hasRoom = schema.MaxItems is null or > 1;
        object SetItem(object? item)
        {
            Array items = Copies(hasRoom ? 2 : 1);
            items.SetValue(item, items.Length - 1);
            return set(items);
        }

        string last = $"{path}/{(hasRoom ? 1 : 0)}";
        if (!itemType.IsValueType)
        {
            Add("null as an item", SetItem(null), OcppRule.Required, last);
        }

        Visit(schema.Item, value[0]!, last, SetItem);
        if (schema.MinItems > 0)
        {
            Add(
                "too few items",
                set(Copies(schema.MinItems - 1)),
                OcppRule.MinItems,
                path,
                schema.MinItems,
                schema.MinItems - 1
            );
        }

        if (schema.MaxItems is { } max)
        {
            Add("too many items", set(Copies(max + 1)), OcppRule.MaxItems, path, max, max + 1);
        }
    }

    /// <summary>
    /// What <c>record with { Property = value }</c> does, for a property that is known only at run time.
    /// </summary>
    private static object With(object record, PropertyInfo property, object? value)
    {
        object copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }

    private void Add(string what, object record, OcppRule rule, string path, long? limit = null, long? actual = null) =>
        _records.Add(new InvalidRecord(what, record, ErrorCodes.Violation(rule, path, limit, actual)));
}
