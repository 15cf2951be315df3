using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ocpp.Stations.DeviceModels;

/// <summary>The forms of the types that variables have.</summary>
internal static class VariableFormats
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";
    private const int MaxChoicesLength = 1000;

    public static VariableFormat<int> Integer { get; } =
        new(
            VariableDataType.Integer,
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            value => value.ToString(CultureInfo.InvariantCulture),
            value => value
        );

    public static VariableFormat<decimal> Decimal { get; } =
        new(
            VariableDataType.Decimal,
            (string text, out decimal value) =>
                decimal.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out value
                ),
            value => value.ToString(CultureInfo.InvariantCulture),
            value => value
        );

    public static VariableFormat<bool> Boolean { get; } =
        new(
            VariableDataType.Boolean,
            (string text, out bool value) =>
            {
                value = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
                return value || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
            },
            value => value ? "true" : "false"
        );

    public static VariableFormat<DateTimeOffset> DateTime { get; } =
        new(
            VariableDataType.DateTime,
            TryParseTime,
            value => value.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)
        );

    public static VariableFormat<string> Text { get; } =
        new(
            VariableDataType.Text,
            (string text, [MaybeNullWhen(false)] out string value) =>
            {
                value = text;
                return true;
            },
            value => value
        );

    /// <summary>One of the choices.</summary>
    /// <exception cref="ArgumentException">There are no choices, or they are too long.</exception>
    public static VariableFormat<string> Option(IReadOnlyList<string> choices) =>
        new(
            VariableDataType.OptionList,
            (string text, [MaybeNullWhen(false)] out string value) =>
            {
                value = text;
                return choices.Contains(text, StringComparer.Ordinal);
            },
            value => value
        )
        {
            Choices = Checked(choices, nameof(choices)),
        };

    /// <summary>Some of the choices, in order.</summary>
    /// <inheritdoc cref="Option" path="/exception"/>
    public static VariableFormat<IReadOnlyList<string>> Sequence(IReadOnlyList<string> choices) =>
        List(VariableDataType.SequenceList, choices);

    /// <summary>Some of the choices, each at most once.</summary>
    /// <inheritdoc cref="Option" path="/exception"/>
    public static VariableFormat<IReadOnlyList<string>> Members(IReadOnlyList<string> choices) =>
        List(VariableDataType.MemberList, choices);

    private static VariableFormat<IReadOnlyList<string>> List(VariableDataType type, IReadOnlyList<string> choices) =>
        new(
            type,
            (string text, [MaybeNullWhen(false)] out IReadOnlyList<string> value) =>
            {
                string[] items = text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);
                value = items;
                return Array.TrueForAll(items, one => choices.Contains(one, StringComparer.Ordinal))
                    && items.Distinct(StringComparer.Ordinal).Count() == items.Length;
            },
            value => string.Join(',', value)
        )
        {
            Choices = Checked(choices, nameof(choices)),
        };

    private static bool TryParseTime(string text, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)
        && text.Contains('T', StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> choices, string name)
    {
        ArgumentNullException.ThrowIfNull(choices, name);
        return
            choices.Count > 0
            && choices.All(one => one.Length > 0 && !one.Contains(',', StringComparison.Ordinal))
            && choices.Sum(one => one.Length + 1) - 1 <= MaxChoicesLength
            ? [.. choices]
            : throw new ArgumentException(
                "There must be one or more values without commas, of at most 1000 characters together.",
                name
            );
    }
}
