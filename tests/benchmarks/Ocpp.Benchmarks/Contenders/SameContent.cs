using System.Collections;
using System.Reflection;

namespace Ocpp.Benchmarks.Contenders;

/// <summary>
/// Compares objects of different types field by field: by the names of their properties, enums by the names of their
/// values. By reflection, so that no serializer that takes part is its own judge.
/// </summary>
internal static class SameContent
{
    /// <summary>
    /// Throws when <paramref name="actual"/> lacks anything of <paramref name="expected"/>, or holds something else.
    /// </summary>
    public static void Demand(object? expected, object? actual, string place)
    {
        switch (expected)
        {
            case null:
                Demand(actual is null, place);
                break;

            case Enum:
                Demand(actual is Enum && expected.ToString() == actual.ToString(), place);
                break;

            case IConvertible
            or DateTimeOffset:
                Demand(expected.Equals(actual), place);
                break;

            case IEnumerable items:
                DemandItems(items.Cast<object>().ToList(), actual as IEnumerable, place);
                break;

            default:
                DemandProperties(expected, actual, place);
                break;
        }
    }

    private static void DemandItems(List<object> expected, IEnumerable? actual, string place)
    {
        List<object>? items = actual?.Cast<object>().ToList();
        Demand(items?.Count == expected.Count, place);
        for (int i = 0; i < expected.Count; i++)
        {
            Demand(expected[i], items![i], $"{place}/{i}");
        }
    }

    private static void DemandProperties(object expected, object? actual, string place)
    {
        Demand(actual is not null, place);
        foreach (PropertyInfo property in expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            PropertyInfo? other = actual!.GetType().GetProperty(property.Name);
            string inner = $"{place}/{property.Name}";
            Demand(other is not null, inner);
            Demand(property.GetValue(expected), other!.GetValue(actual), inner);
        }
    }

    private static void Demand(bool same, string place)
    {
        if (!same)
        {
            throw new InvalidOperationException($"{place}: not what was expected; nothing is measured.");
        }
    }
}
