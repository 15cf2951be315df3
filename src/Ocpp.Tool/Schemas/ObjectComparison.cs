using Ocpp.Schemas.Model;

namespace Ocpp.Tool.Schemas;

/// <summary>Compares two forms of an object. Their properties are the same when their names on the wire are.</summary>
internal static class ObjectComparison
{
    public static IEnumerable<Change> Compare(ObjectModel old, ObjectModel @new)
    {
        if (old.IsOpen && !@new.IsOpen)
        {
            yield return Change.Breaking(
                "takes no further properties",
                "`AdditionalProperties` is gone, and a payload with one is refused."
            );
        }
        else if (!old.IsOpen && @new.IsOpen)
        {
            yield return Change.Harmless("takes further properties, in `AdditionalProperties`");
        }

        var before = old.Properties.ToDictionary(property => property.JsonName, StringComparer.Ordinal);
        foreach (PropertyModel property in @new.Properties)
        {
            foreach (
                Change change in before.Remove(property.JsonName, out PropertyModel? former)
                    ? PropertyComparison.Compare(former, property)
                    : [Added(property, old.IsOpen)]
            )
            {
                yield return change;
            }
        }

        foreach (PropertyModel property in old.Properties.Where(property => before.ContainsKey(property.JsonName)))
        {
            yield return Change.Breaking(
                $"{Markdown.Code(property.JsonName)} removed, {Markdown.Code(CSharp.Declaration(property))}",
                @new.IsOpen
                    ? "Code that names it no longer compiles; its value goes to `AdditionalProperties`."
                    : "Code that names it no longer compiles, and a payload with it is refused."
            );
        }
    }

    private static Change Added(PropertyModel property, bool wasOpen)
    {
        string what = $"{Markdown.Code(property.JsonName)} added: {string.Join(", ", Facts(property))}";
        return (property.IsRequired, wasOpen) switch
        {
            (true, _) => Change.Breaking(
                what,
                "Code that builds the record must set it, and a payload without it is refused."
            ),
            (false, true) => Change.Breaking(what, "Its value was in `AdditionalProperties`, unchecked."),
            (false, false) => Change.Harmless(what),
        };
    }

    private static IEnumerable<string> Facts(PropertyModel property) =>
        [
            Markdown.Code(CSharp.Declaration(property)),
            property.IsRequired ? "required" : "optional",
            .. LimitText.Of(property.Value),
            .. property.IsSensitive ? new[] { PropertyComparison.Sensitive } : [],
        ];
}
