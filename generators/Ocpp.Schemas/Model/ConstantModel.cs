using System.Globalization;

namespace Ocpp.Schemas.Model;

/// <summary>A limit or default of a property as a public constant.</summary>
/// <param name="Name">The C# name.</param>
/// <param name="Keyword">The keyword that it comes from, such as <c>maxLength</c>.</param>
/// <param name="Type">The C# type.</param>
/// <param name="Value">The C# literal.</param>
/// <param name="Meaning">What it limits: the beginning of its doc comment.</param>
internal sealed record ConstantModel(string Name, string Keyword, string Type, string Value, string Meaning)
{
    public static IEnumerable<ConstantModel> Of(PropertyModel property)
    {
        ValueModel value = property.Value;
        string prefix = property.Name;
        string subject = "";
        for (; value.Item is { } item; value = item)
        {
            if (value.MinItems is { } minItems)
            {
                yield return new(
                    prefix + "MinItems",
                    "minItems",
                    "int",
                    Text(minItems),
                    $"The least number of items of {subject}"
                );
            }

            if (value.MaxItems is { } maxItems)
            {
                yield return new(
                    prefix + "MaxItems",
                    "maxItems",
                    "int",
                    Text(maxItems),
                    $"The greatest number of items of {subject}"
                );
            }

            prefix = PrefixOfItem(item, prefix);
            subject = "each item of ";
        }

        string number = value.Kind == ValueKind.Integer ? "int" : "decimal";
        string suffix = value.Kind == ValueKind.Integer ? "" : "m";
        if (value.MaxLength is { } maxLength)
        {
            yield return new(
                prefix + "MaxLength",
                "maxLength",
                "int",
                Text(maxLength),
                $"The most characters (Unicode code points) of {subject}"
            );
        }

        if (value.Minimum is { } minimum)
        {
            yield return new(
                prefix + "Minimum",
                "minimum",
                number,
                Text(minimum) + suffix,
                $"The least value of {subject}"
            );
        }

        if (value.Maximum is { } maximum)
        {
            yield return new(
                prefix + "Maximum",
                "maximum",
                number,
                Text(maximum) + suffix,
                $"The greatest value of {subject}"
            );
        }

        if (value.MultipleOf is { } multipleOf)
        {
            yield return new(
                prefix + "MultipleOf",
                "multipleOf",
                "decimal",
                Text(multipleOf) + "m",
                $"The step between the values of {subject}"
            );
        }

        if (property.Default is { } defaultValue)
        {
            string type = value.Kind switch
            {
                ValueKind.Boolean => "bool",
                ValueKind.Integer => "int",
                ValueKind.Decimal => "decimal",
                ValueKind.Enum => value.TypeName!,
                _ => "string",
            };
            yield return new(property.Name + "Default", "default", type, defaultValue, "What the absence means of ");
        }
    }

    /// <summary>What the names of an item's constants begin with: a list within a list has its own.</summary>
    public static string PrefixOfItem(ValueModel item, string prefix) =>
        item.Kind == ValueKind.Array ? prefix + "Item" : prefix;

    private static string Text(decimal number) =>
        number.ToString("0.#############################", CultureInfo.InvariantCulture);
}
