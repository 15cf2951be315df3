using System.Globalization;

namespace Ocpp.Schemas.Model;

/// <summary>The first in which two declarations of one type differ.</summary>
/// <param name="Path">Where, as a JSON Pointer within the declaration.</param>
/// <param name="Here">What the one has there.</param>
/// <param name="There">What the other has there.</param>
internal sealed record TypeDifference(string Path, string Here, string There)
{
    private const string Absent = "absent";

    /// <summary>Finds the first difference beside the descriptions; none when the two are the same.</summary>
    public static TypeDifference? Find(TypeModel here, TypeModel there) =>
        (here, there) switch
        {
            (EnumModel left, EnumModel right) => Differences(left, right).FirstOrDefault(),
            (ObjectModel left, ObjectModel right) => Differences(left, right).FirstOrDefault(),
            _ => new TypeDifference("/type", TypeOf(here), TypeOf(there)),
        };

    private static IEnumerable<TypeDifference> Differences(EnumModel here, EnumModel there)
    {
        string[] left = [.. here.Values.Select(static value => Quote(value.JsonName))];
        string[] right = [.. there.Values.Select(static value => Quote(value.JsonName))];
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            foreach (
                TypeDifference difference in Compare(
                    $"/enum/{Text(i)}",
                    left.ElementAtOrDefault(i),
                    right.ElementAtOrDefault(i)
                )
            )
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<TypeDifference> Differences(ObjectModel here, ObjectModel there)
    {
        var others = there.Properties.ToDictionary(static property => property.JsonName, StringComparer.Ordinal);
        foreach (PropertyModel property in here.Properties)
        {
            if (!others.TryGetValue(property.JsonName, out PropertyModel? other))
            {
                yield return new TypeDifference(PathOf(property), "declared", Absent);
                continue;
            }

            others.Remove(property.JsonName);
            foreach (TypeDifference difference in Differences(property, other))
            {
                yield return difference;
            }
        }

        foreach (PropertyModel property in there.Properties.Where(property => others.ContainsKey(property.JsonName)))
        {
            yield return new TypeDifference(PathOf(property), Absent, "declared");
        }

        foreach (TypeDifference difference in Compare("/additionalProperties", Text(here.IsOpen), Text(there.IsOpen)))
        {
            yield return difference;
        }

        // The same properties in another order: what is left.
        foreach ((PropertyModel property, int i) in here.Properties.Select(static (property, i) => (property, i)))
        {
            if (i < there.Properties.Count && there.Properties[i].JsonName != property.JsonName)
            {
                yield return new TypeDifference(
                    "the order of /properties",
                    Quote(property.JsonName),
                    Quote(there.Properties[i].JsonName)
                );
            }
        }
    }

    private static IEnumerable<TypeDifference> Differences(PropertyModel here, PropertyModel there)
    {
        string path = PathOf(here);
        return Differences(path, here.Value, there.Value)
            .Concat(
                Compare(path, here.IsRequired ? "required" : "optional", there.IsRequired ? "required" : "optional")
            )
            .Concat(Compare(path + "/default", here.Default, there.Default))
            .Concat(
                Compare(path + "/x-sensitive", here.IsSensitive ? "true" : null, there.IsSensitive ? "true" : null)
            );
    }

    private static IEnumerable<TypeDifference> Differences(string path, ValueModel here, ValueModel there)
    {
        IEnumerable<TypeDifference> own = Compare(path + "/type", TypeOf(here), TypeOf(there))
            .Concat(Compare(path + "/maxLength", Text(here.MaxLength), Text(there.MaxLength)))
            .Concat(Compare(path + "/minimum", Text(here.Minimum), Text(there.Minimum)))
            .Concat(Compare(path + "/maximum", Text(here.Maximum), Text(there.Maximum)))
            .Concat(Compare(path + "/multipleOf", Text(here.MultipleOf), Text(there.MultipleOf)))
            .Concat(Compare(path + "/minItems", Text(here.MinItems), Text(there.MinItems)))
            .Concat(Compare(path + "/maxItems", Text(here.MaxItems), Text(there.MaxItems)));
        return here.Item is { } left && there.Item is { } right
            ? own.Concat(Differences(path + "/items", left, right))
            : own;
    }

    private static IEnumerable<TypeDifference> Compare(string path, string? here, string? there)
    {
        if (here != there)
        {
            yield return new TypeDifference(path, here ?? Absent, there ?? Absent);
        }
    }

    private static string TypeOf(TypeModel type) => type is EnumModel ? "an enumeration" : "an object";

    private static string TypeOf(ValueModel value) =>
        value.Kind switch
        {
            ValueKind.Text => value.IsUri ? "uri" : "string",
            ValueKind.Integer => "integer",
            ValueKind.Decimal => "number",
            ValueKind.Boolean => "boolean",
            ValueKind.DateTime => "date-time",
            ValueKind.Any => Absent,
            ValueKind.Array => "array",
            _ => value.TypeName!,
        };

    /// <summary>The path of a property, with its name escaped as RFC 6901 has it.</summary>
    private static string PathOf(PropertyModel property) =>
        "/properties/" + property.JsonName.Replace("~", "~0").Replace("/", "~1");

    private static string Quote(string text) => $"'{text}'";

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text(decimal? number) =>
        number?.ToString("0.#############################", CultureInfo.InvariantCulture);
}
