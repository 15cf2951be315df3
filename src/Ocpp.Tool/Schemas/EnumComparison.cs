using Ocpp.Schemas.Model;

namespace Ocpp.Tool.Schemas;

/// <summary>Compares two forms of an enumeration.</summary>
internal static class EnumComparison
{
    public static IEnumerable<Change> Compare(EnumModel old, EnumModel @new)
    {
        foreach (EnumValueModel value in @new.Values.Except(old.Values))
        {
            yield return Change.Harmless($"{Name(value)} added", "A `switch` over all values does not know it.");
        }

        foreach (EnumValueModel value in old.Values.Except(@new.Values))
        {
            yield return Change.Breaking(
                $"{Name(value)} removed",
                "Code that names it no longer compiles, and a payload with it is refused."
            );
        }

        // The members have no numbers of their own, so those behind an inserted one move on.
        var numbers = old.Values.Select((value, number) => (value, number)).ToDictionary();
        EnumValueModel? moved = @new
            .Values.Where((value, number) => numbers.TryGetValue(value, out int former) && former != number)
            .FirstOrDefault();
        if (moved is not null)
        {
            yield return Change.Harmless(
                $"other numbers from {Name(moved)} on",
                "Code that is compiled anew does not notice; numbers that were stored mean other values."
            );
        }
    }

    private static string Name(EnumValueModel value) =>
        value.Name == value.JsonName
            ? Markdown.Code(value.JsonName)
            : $"{Markdown.Code(value.JsonName)} ({Markdown.Code(value.Name)})";
}
