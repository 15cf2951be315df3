using Microsoft.CodeAnalysis;

namespace Ocpp.Analyzers;

/// <summary>
/// The limits of a value: those of the constants that the generator writes beside its property, such as
/// <c>CsrMaxLength</c>.
/// </summary>
/// <param name="Item">The limits of the items, if the value is a list.</param>
internal sealed record ValueLimits(
    int? MaxLength,
    decimal? Minimum,
    decimal? Maximum,
    decimal? MultipleOf,
    int? MinItems,
    int? MaxItems,
    ValueLimits? Item
)
{
    /// <summary>Finds the limits of a property.</summary>
    /// <returns>Null if it has none.</returns>
    public static ValueLimits? Of(IPropertySymbol property) =>
        Of(property.ContainingType, property.Name, property.Type);

    private static ValueLimits? Of(INamedTypeSymbol owner, string prefix, ITypeSymbol type)
    {
        ITypeSymbol? itemType = ItemOf(type);

        // A list within a list has constants of its own; other items share the prefix of the list.
        ValueLimits? item =
            itemType is null ? null
            : ItemOf(itemType) is null ? Of(owner, prefix, itemType)
            : Of(owner, prefix + "Item", itemType);
        ValueLimits limits = itemType is null
            ? new ValueLimits(
                (int?)Find("MaxLength"),
                Find("Minimum"),
                Find("Maximum"),
                Find("MultipleOf"),
                null,
                null,
                null
            )
            : new ValueLimits(null, null, null, null, (int?)Find("MinItems"), (int?)Find("MaxItems"), item);
        return limits == new ValueLimits(null, null, null, null, null, null, null) ? null : limits;

        decimal? Find(string limit)
        {
            foreach (ISymbol member in owner.GetMembers(prefix + limit))
            {
                if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: { } value })
                {
                    return Number.Of(value);
                }
            }

            return null;
        }
    }

    /// <summary>What a list holds; null if the type is not the one that generated records have for lists.</summary>
    private static ITypeSymbol? ItemOf(ITypeSymbol type) =>
        type
            is INamedTypeSymbol
            {
                OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IReadOnlyList_T
            } list
            ? list.TypeArguments[0]
            : null;
}
