using System.Globalization;
using System.Text.RegularExpressions;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// The grammar of RFC 3339 section 5.6, for what .NET can hold: no leap seconds, offsets of at most 14 hours.
/// </summary>
internal static partial class Rfc3339Grammar
{
    public static bool IsDateTime(string text) => TryRead(text, out _);

    /// <summary>Reads a time; what .NET can't hold of its fraction is cut off.</summary>
    public static bool TryRead(string text, out DateTimeOffset value)
    {
        value = default;
        Match match = DateTimePattern().Match(text);
        string localText = match.Groups["local"].Value.ToUpperInvariant();
        if (
            !match.Success
            || !DateTime.TryParseExact(
                localText,
                "yyyy-MM-dd'T'HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateTime local
            )
        )
        {
            return false;
        }

        int hours = ReadGroup(match, "hours");
        int minutes = ReadGroup(match, "minutes");
        TimeSpan offset = new TimeSpan(hours, minutes, 0) * (match.Groups["sign"].Value == "-" ? -1 : 1);
        if (
            minutes >= 60
            || offset.Duration() > TimeSpan.FromHours(14)
            || local.Ticks - offset.Ticks < DateTime.MinValue.Ticks
            || local.Ticks - offset.Ticks > DateTime.MaxValue.Ticks
        )
        {
            return false;
        }

        string fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
        value = new DateTimeOffset(local.AddTicks(long.Parse(fraction, CultureInfo.InvariantCulture)), offset);
        return true;
    }

    private static int ReadGroup(Match match, string name) =>
        match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;

    // \z, not $: that takes a line feed behind it too.
    [GeneratedRegex(
        @"\A(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?"
            + @"(Z|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex DateTimePattern();
}
