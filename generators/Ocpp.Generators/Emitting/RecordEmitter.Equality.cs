using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    /// <summary>
    /// Equality by value. The compiler's own would compare a list, a JSON value or further properties by reference, and
    /// takes more code: a comparer for each type, whereas this calls the same few methods in all records.
    /// </summary>
    private static SourceCode Equality(ObjectModel model) =>
        $$"""
            /// <summary>Whether both hold equal values: lists compare item by item.</summary>
            public bool Equals({{model.Name}}? other) =>
                ReferenceEquals(this, other)
                || (other is not null
                    {{SourceCode.Lines(Comparisons(model), static comparison => $"&& {comparison}")}});

            /// <inheritdoc/>
            public override int GetHashCode()
            {
                int hash = 0;
                {{SourceCode.Lines(model.Properties, static property => AddToHash(Hash(property)))}}
                {{SourceCode.If(model.IsOpen, AddToHash($"{Names.Equality}.GetHashCode(AdditionalProperties)"))}}
                return hash;
            }
            """;

    private static IEnumerable<string> Comparisons(ObjectModel model) =>
        model
            .Properties.Select(static property => Equal(property.Value, property.Name, "other." + property.Name))
            .Concat(
                model.IsOpen ? [$"{Names.Equality}.AreEqual(AdditionalProperties, other.AdditionalProperties)"] : []
            );

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

    private static SourceCode AddToHash(string value) => $"hash = {Names.Equality}.Combine(hash, {value});";

    private static string Hash(PropertyModel property) =>
        property.Value switch
        {
            { Kind: ValueKind.Enum } => $"(int{(property.IsRequired ? "" : "?")}){property.Name}",
            { Kind: ValueKind.Array, Item: { } item } when NeedsComparer(item) =>
                $"{property.Name}{(property.IsRequired ? "" : "?")}.Count",
            { } value when NeedsComparer(value) => $"{Names.Equality}.GetHashCode({property.Name})",
            _ => property.Name,
        };
}
