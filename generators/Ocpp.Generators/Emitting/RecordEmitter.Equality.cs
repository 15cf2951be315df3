using Ocpp.Generators.Model;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    /// <summary>
    /// Writes equality by value, where the compiler's own would compare a list, a JSON value or further properties by
    /// reference.
    /// </summary>
    private static void EmitEquality(SourceWriter source, ObjectModel model)
    {
        if (!model.IsOpen && !model.Properties.Any(property => NeedsComparer(property.Value)))
        {
            return;
        }

        source.Line();
        source.Line("/// <summary>Whether both hold equal values: lists compare item by item.</summary>");
        source.Line($"public bool Equals({model.Name}? other) =>");
        source.Line("    ReferenceEquals(this, other)");
        source.Line("    || (other is not null");
        string[] comparisons = model.Properties.Select(property => Equal(property.Value, property.Name, "other." + property.Name))
            .Concat(model.IsOpen ? [$"{Names.Equality}.AreEqual(AdditionalProperties, other.AdditionalProperties)"] : [])
            .ToArray();
        for (int i = 0; i < comparisons.Length; i++)
        {
            source.Line($"        && {comparisons[i]}{(i == comparisons.Length - 1 ? ");" : "")}");
        }

        source.Line();
        source.Line("/// <inheritdoc/>");
        source.Open("public override int GetHashCode()");
        source.Line("var hash = default(global::System.HashCode);");
        foreach (PropertyModel property in model.Properties)
        {
            source.Line($"hash.Add({Hash(property)});");
        }

        if (model.IsOpen)
        {
            source.Line($"hash.Add({Names.Equality}.GetHashCode(AdditionalProperties));");
        }

        source.Line("return hash.ToHashCode();");
        source.Close();
    }

    private static bool NeedsComparer(ValueModel value) => value.Kind is ValueKind.Array or ValueKind.Any;

    private static string Equal(ValueModel value, string left, string right)
    {
        if (!NeedsComparer(value))
        {
            return $"{left} == {right}";
        }

        // A list of lists, or of JSON values, needs its items compared so too.
        return value.Item is { } item && NeedsComparer(item)
            ? $"{Names.Equality}.AreEqual({left}, {right}, static (l, r) => {Equal(item, "l", "r")})"
            : $"{Names.Equality}.AreEqual({left}, {right})";
    }

    private static string Hash(PropertyModel property) => property.Value switch
    {
        { Kind: ValueKind.Array, Item: { } item } when NeedsComparer(item) => $"{property.Name}{(property.IsRequired ? "" : "?")}.Count",
        { } value when NeedsComparer(value) => $"{Names.Equality}.GetHashCode({property.Name})",
        _ => property.Name,
    };
}
