using System.Collections;
using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using Ocpp.EveryMessage.Schemas;
using Ocpp.Schemas.CSharp;

namespace Ocpp.Fuzz.Trials;

/// <summary>Compares a record, value by value, with what System.Text.Json reads from the same payload.</summary>
internal sealed class ValueComparison
{
    private static readonly ConcurrentDictionary<(Type, string), PropertyInfo> s_properties = new();

    /// <summary>A time is finer than the millisecond to which times are written.</summary>
    public bool HasFineTime { get; private set; }

    /// <summary>Where the two differ; none when they don't.</summary>
    public string? FindDifference(ObjectNode schema, JsonElement json, object record)
    {
        int found = 0;
        foreach (PropertyNode node in schema.Properties)
        {
            object? value = Property(record, Naming.ToPascalCase(node.Name)).GetValue(record);
            if (!json.TryGetProperty(node.Name, out JsonElement expected))
            {
                if (value is not null)
                {
                    return $"/{node.Name}: a value that is not in the payload";
                }
            }
            else
            {
                found++;
                if (value is null)
                {
                    return $"/{node.Name}: no value";
                }

                if (FindDifference(node.Value, expected, value) is { } difference)
                {
                    return $"/{node.Name}{difference}";
                }
            }
        }

        return schema.IsOpen
                ? FindDifference(
                    schema,
                    json,
                    (IReadOnlyDictionary<string, JsonElement>?)Property(record, "AdditionalProperties").GetValue(record)
                )
            : found == json.GetPropertyCount() ? null
            : ": more properties than the record has";
    }

    private static string? FindDifference(
        ObjectNode schema,
        JsonElement json,
        IReadOnlyDictionary<string, JsonElement>? others
    )
    {
        int count = 0;
        foreach (JsonProperty property in json.EnumerateObject().Where(property => schema.Find(property.Name) is null))
        {
            count++;
            if (
                others is null
                || !others.TryGetValue(property.Name, out JsonElement other)
                || other.GetRawText() != property.Value.GetRawText()
            )
            {
                return ": a further property is another";
            }
        }

        return count == (others?.Count ?? 0) ? null : ": more further properties than the payload has";
    }

    private string? FindDifference(SchemaNode schema, JsonElement json, object value) =>
        schema switch
        {
            ObjectNode node => FindDifference(node, json, value),
            ListNode node => FindDifference(node, json, (IList)value),
            DateTimeNode => FindDifference(json, (DateTimeOffset)value),
            TextNode or UriNode => Differ(json.GetString() == (string)value, "another text"),
            EnumNode node => Differ(
                json.GetString() == node.Values[Convert.ToInt32(value, null)],
                "another value of the enumeration"
            ),
            IntegerNode => Differ(
                Judge.TryReadInteger(json.GetRawText(), out BigInteger integer) && integer == (int)value,
                "another integer"
            ),
            NumberNode => Differ(json.GetDecimal() == (decimal)value, "another number"),
            BooleanNode => Differ(json.GetBoolean() == (bool)value, "not the same of true and false"),
            _ => Differ(json.GetRawText() == ((JsonElement)value).GetRawText(), "another JSON"),
        };

    private string? FindDifference(ListNode schema, JsonElement json, IList items)
    {
        if (json.GetArrayLength() != items.Count)
        {
            return ": a list of another length";
        }

        int index = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            if (FindDifference(schema.Item, item, items[index]!) is { } difference)
            {
                return $"/{index}{difference}";
            }

            index++;
        }

        return null;
    }

    private string? FindDifference(JsonElement json, DateTimeOffset value)
    {
        HasFineTime |= value.Ticks % TimeSpan.TicksPerMillisecond != 0;
        return Differ(
            Rfc3339Grammar.TryRead(json.GetString()!, out DateTimeOffset expected) && expected.EqualsExact(value),
            "another time"
        );
    }

    private static string? Differ(bool isSame, string what) => isSame ? null : $": {what}";

    private static PropertyInfo Property(object record, string name) =>
        s_properties.GetOrAdd((record.GetType(), name), static key => key.Item1.GetProperty(key.Item2)!);
}
