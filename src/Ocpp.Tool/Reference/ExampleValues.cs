using System.Text.Json.Nodes;
using Ocpp.Schemas.Model;

namespace Ocpp.Tool.Reference;

/// <summary>
/// Makes the single values of examples: what <see cref="ExampleTable"/> has for the field, made to fit its limits; or a
/// plain value of its type.
/// </summary>
internal static class ExampleValues
{
    public static JsonNode Of(EnumModel model) =>
        ExampleTable
            .EnumValues.Concat(model.Values.Select(value => value.JsonName))
            .First(name => model.Values.Any(value => value.JsonName == name));

    public static JsonNode Of(ValueModel value, string owner, PropertyModel property)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                string text = Find(ExampleTable.Texts, value.IsUri ? "ftp://example.com/logs" : "text");
                return value.MaxLength < text.Length ? text[..value.MaxLength.Value] : text;
            case ValueKind.DateTime:
                return Find(ExampleTable.Times, "2026-03-14T09:26:53Z");
            case ValueKind.Boolean:
                return property.Default != "false";
            case ValueKind.Integer:
                return (int)WithinBounds(Find(ExampleTable.Integers, 1));
            case ValueKind.Decimal:
                decimal number = WithinBounds(Find(ExampleTable.Decimals, 1));
                return value.MultipleOf is { } step ? number - (number % step) : number;
            default:
                return JsonNode.Parse(ExampleTable.AnyJson)!;
        }

        T Find<T>(IReadOnlyDictionary<string, T> table, T fallback) =>
            table.TryGetValue($"{owner}.{property.JsonName}", out T? known)
            || table.TryGetValue(property.JsonName, out known)
                ? known
                : fallback;

        decimal WithinBounds(decimal number) =>
            Math.Min(Math.Max(number, value.Minimum ?? decimal.MinValue), value.Maximum ?? decimal.MaxValue);
    }
}
