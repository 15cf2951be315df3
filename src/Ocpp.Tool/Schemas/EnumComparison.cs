using Ocpp.Generators.Model;

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
            yield return Change.Breaking($"{Name(value)} removed", "Code that names it no longer compiles, and a payload with it is refused.");
        }

        // The members have no numbers of their own, so those behind an inserted one move on.
        EnumValueModel[] before = [.. old.Values];
        EnumValueModel[] moved = [.. @new.Values.Where((value, number) => Array.IndexOf(before, value) is var former && former >= 0 && former != number)];
        if (moved.Length > 0)
        {
            yield return Change.Harmless(
                $"other numbers from {Name(moved[0])} on",
                "Code that is compiled anew does not notice; numbers that were stored mean other values.");
        }
    }

    private static string Name(EnumValueModel value) => value.Name == value.JsonName
        ? Markdown.Code(value.JsonName)
        : $"{Markdown.Code(value.JsonName)} ({Markdown.Code(value.Name)})";
}
