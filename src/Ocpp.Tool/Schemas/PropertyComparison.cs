using System.Globalization;
using Ocpp.Schemas.Model;

namespace Ocpp.Tool.Schemas;

/// <summary>
/// Compares two forms of a property. Limits and defaults are compared as the constants that they are in C#, since the
/// constant is a member of its own: a limit that is lifted takes it along.
/// </summary>
internal static class PropertyComparison
{
    /// <summary>What the schema says of a field that holds a secret.</summary>
    public const string Sensitive = "`x-sensitive`";

    public static IEnumerable<Change> Compare(PropertyModel old, PropertyModel @new)
    {
        string field = Markdown.Code(@new.JsonName);
        if (!old.IsRequired && @new.IsRequired)
        {
            yield return Change.Breaking(
                $"{field}: required, was optional",
                "Code that builds the record must set it, and a payload without it is refused."
            );
        }
        else if (old.IsRequired && !@new.IsRequired)
        {
            yield return Change.Breaking(
                $"{field}: optional, was required",
                $"Code that reads {Markdown.Code(@new.Name)} must expect `null`."
            );
        }

        if (!old.IsSensitive && @new.IsSensitive)
        {
            yield return Change.Harmless(
                $"{field}: {Sensitive}",
                "Its value is left out of wire logs and of `ToString`."
            );
        }
        else if (old.IsSensitive && !@new.IsSensitive)
        {
            yield return Change.Harmless(
                $"{field}: no longer {Sensitive}",
                "Its value is written to wire logs and by `ToString`."
            );
        }

        // The question mark of an optional one is handled above.
        string type = CSharp.TypeOf(@new with { IsRequired = true });
        string oldType = CSharp.TypeOf(old with { IsRequired = true });
        if (type != oldType)
        {
            string limits = string.Concat(LimitText.Of(@new.Value).Select(limit => ", " + limit));
            yield return Change.Breaking(
                $"{field}: {Markdown.Code(type)} instead of {Markdown.Code(oldType)}{limits}",
                "Another type in C#."
            );
            yield break;
        }

        var before = ConstantModel.Of(old).ToDictionary(constant => constant.Name, StringComparer.Ordinal);
        foreach (ConstantModel constant in ConstantModel.Of(@new))
        {
            before.Remove(constant.Name, out ConstantModel? former);
            if (former?.Value != constant.Value)
            {
                yield return constant.Keyword == "default"
                    ? CompareDefault(field, former, constant)
                    : CompareLimit(field, former, constant);
            }
        }

        foreach (ConstantModel constant in before.Values.OrderBy(constant => constant.Name, StringComparer.Ordinal))
        {
            yield return Change.Breaking(
                $"{field}: {Markdown.Code(constant.Keyword)} lifted, was {Markdown.Code(constant.Value)}",
                $"The constant {Markdown.Code(constant.Name)} is gone."
            );
        }
    }

    private static Change CompareDefault(string field, ConstantModel? old, ConstantModel @new) =>
        old is null
            ? Change.Harmless($"{field}: absent means {Markdown.Code(@new.Value)} ({Markdown.Code(@new.Name)})")
            : Change.Breaking(
                $"{field}: absent means {Markdown.Code(@new.Value)} instead of {Markdown.Code(old.Value)} "
                    + $"({Markdown.Code(@new.Name)})",
                "Messages without it mean something else."
            );

    private static Change CompareLimit(string field, ConstantModel? old, ConstantModel @new)
    {
        string instead = old is null ? "" : FormattableString.Invariant($" instead of {Number(old)}");
        string what = FormattableString.Invariant(
            $"{field}: {Markdown.Code(@new.Keyword)} {Number(@new)}{instead} ({Markdown.Code(@new.Name)})"
        );
        bool isUpperBound = @new.Keyword.StartsWith("max", StringComparison.Ordinal);
        return old is not null && (Number(@new) > Number(old)) == isUpperBound
            ? Change.Harmless(what, "Values that were refused are valid.")
            : Change.Breaking(what, "Values that were valid are refused.");
    }

    private static decimal Number(ConstantModel constant) =>
        decimal.Parse(constant.Value.TrimEnd('m'), NumberStyles.Float, CultureInfo.InvariantCulture);
}
