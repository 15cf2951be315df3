using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Ocpp.Analyzers;

/// <summary>The items of a list that is written out in code.</summary>
/// <param name="Items">Those that are written out.</param>
/// <param name="Count">How many the list has; the least number if it is not whole.</param>
/// <param name="IsWhole">Whether no item comes from elsewhere, as those of a spread do.</param>
internal readonly record struct ListItems(ImmutableArray<IOperation> Items, int Count, bool IsWhole)
{
    /// <summary>Finds the items: of a collection expression, an array, a <c>List&lt;T&gt;</c>.</summary>
    /// <returns>Null if the value is none of them, or if the number of its items is not a constant.</returns>
    public static ListItems? Of(IOperation value) =>
        value switch
        {
            ICollectionExpressionOperation collection => OfCollection(collection),
            IArrayCreationOperation { Initializer.ElementValues: var items } => new ListItems(
                items,
                items.Length,
                true
            ),
            IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes }
                when sizes[0].ConstantValue is { HasValue: true, Value: int count } => new ListItems([], count, true),
            IObjectCreationOperation creation when IsList(creation) => OfInitializer(creation.Initializer),
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType: { } type, Parameters.Length: 0 } }
                when type.SpecialType == SpecialType.System_Array
                    || type is { Name: "Enumerable" or "ImmutableArray" } => new ListItems([], 0, true),
            _ => null,
        };

    private static ListItems OfCollection(ICollectionExpressionOperation collection)
    {
        ImmutableArray<IOperation> items = collection.Elements.RemoveAll(static item => item is ISpreadOperation);
        return new ListItems(items, items.Length, items.Length == collection.Elements.Length);
    }

    /// <summary>Whether a <c>List&lt;T&gt;</c> begins empty.</summary>
    private static bool IsList(IObjectCreationOperation creation) =>
        creation.Type is INamedTypeSymbol { Name: "List", Arity: 1 } list
        && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic"
        && creation.Arguments.All(static argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Int32);

    private static ListItems? OfInitializer(IObjectOrCollectionInitializerOperation? initializer)
    {
        if (initializer is null)
        {
            return new ListItems([], 0, true);
        }

        var items = ImmutableArray.CreateBuilder<IOperation>(initializer.Initializers.Length);
        foreach (IOperation added in initializer.Initializers)
        {
            // Anything else, such as Capacity, makes it another list than its items show.
            if (added is not IInvocationOperation { TargetMethod.Name: "Add", Arguments: { Length: 1 } arguments })
            {
                return null;
            }

            items.Add(arguments[0].Value);
        }

        return new ListItems(items.ToImmutable(), items.Count, true);
    }
}
