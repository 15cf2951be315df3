namespace Ocpp.Json;

/// <summary>
/// Dates and times in forms that RFC 3339 does not have, as far as the options accept them: rewritten as it has them.
/// </summary>
internal static class DateTimeForms
{
    /// <summary>The longest text that is looked at.</summary>
    private const int MaxLength = 64;

    /// <summary>The length of the date and time to the minute, <c>2026-01-31T12:34</c>.</summary>
    private const int MinuteLength = 16;

    public static bool TryParse(ReadOnlySpan<byte> text, OcppReadOptions options, out DateTimeOffset value)
    {
        value = default;
        if (text.Length is < MinuteLength or > MaxLength)
        {
            return false;
        }

        // To the minute, and then ":00", a fraction and an offset that are added or completed.
        Span<byte> buffer = stackalloc byte[MaxLength + 8];
        text[..MinuteLength].CopyTo(buffer);
        ReadOnlySpan<byte> rest = text[MinuteLength..];
        if (buffer[10] == ' ' && options.OtherDateTimeForms)
        {
            buffer[10] = (byte)'T';
        }

        bool hasSeconds = rest.Length >= 3 && rest[0] == ':';
        bool isLeapSecond = rest.StartsWith(":60"u8);
        if ((isLeapSecond && !options.LeapSeconds) || !(hasSeconds || options.OtherDateTimeForms))
        {
            return false;
        }

        int length = MinuteLength;
        Append(
            buffer,
            ref length,
            isLeapSecond ? ":59"u8
                : hasSeconds ? rest[..3]
                : ":00"u8
        );
        rest = hasSeconds ? rest[3..] : rest;
        int fraction = CountFraction(rest);
        if (fraction > 0 && !hasSeconds)
        {
            return false;
        }

        if (fraction > 0)
        {
            buffer[length] = rest[0] == ',' && !options.OtherDateTimeForms ? (byte)',' : (byte)'.';
            rest[1..fraction].CopyTo(buffer[(length + 1)..]);
            length += fraction;
            rest = rest[fraction..];
        }

        Append(buffer, ref length, rest);
        if (rest.IsEmpty && options.AssumeUtc)
        {
            Append(buffer, ref length, "Z"u8);
        }
        else if (
            rest.Length is 3 or 5
            && rest[0] is (byte)'+' or (byte)'-'
            && rest[^3] != ':'
            && options.OtherDateTimeForms
        )
        {
            length -= rest.Length;
            Append(buffer, ref length, rest[..3]);
            Append(buffer, ref length, ":"u8);
            Append(buffer, ref length, rest.Length == 3 ? "00"u8 : rest[3..]);
        }

        return Rfc3339.TryParse(buffer[..length], out value) && (!isLeapSecond || TryAddSecond(ref value));
    }

    private static void Append(Span<byte> buffer, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer[length..]);
        length += text.Length;
    }

    /// <summary>The length of the fraction of a second with its point or comma; 0 if there is none.</summary>
    private static int CountFraction(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
        {
            return 0;
        }

        int end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : 1 + end;
    }

    private static bool TryAddSecond(ref DateTimeOffset value)
    {
        if (
            value.UtcTicks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerSecond
            || value.Ticks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerSecond
        )
        {
            return false;
        }

        // Not AddSeconds: it would bring the time zones of the system into every native program.
        value = new DateTimeOffset(value.Ticks + TimeSpan.TicksPerSecond, value.Offset);
        return true;
    }
}
