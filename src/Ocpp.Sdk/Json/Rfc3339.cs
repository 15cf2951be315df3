namespace Ocpp.Json;

/// <summary>
/// Dates and times as RFC 3339 section 5.6 writes them. Read with any number of fractional digits (those beyond
/// .NET's seven are cut off); written with at most three, as OCPP 2.0.1 part 2, section 2.1.4 asks.
/// </summary>
internal static class Rfc3339
{
    /// <summary>00 to 99: to look two digits up takes half the time of two divisions.</summary>
    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>The most bytes that <see cref="Format"/> writes: <c>2026-01-31T12:34:56.789+01:00</c>.</summary>
    public const int MaxLength = 29;

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (
            text.Length < 20
            || text[4] != '-'
            || text[7] != '-'
            || (text[10] | 0x20) != 't'
            || text[13] != ':'
            || text[16] != ':'
        )
        {
            return false;
        }

        int year = (TwoDigits(text) * 100) + TwoDigits(text[2..]);
        int month = TwoDigits(text[5..]);
        int day = TwoDigits(text[8..]);
        int hour = TwoDigits(text[11..]);
        int minute = TwoDigits(text[14..]);
        int second = TwoDigits(text[17..]);

        // TwoDigits returns a large number for anything but digits, so that each bound refuses it. A leap second (:60)
        // has no place in .NET's calendar.
        if (
            year is < 1 or > 9999
            || month is < 1 or > 12
            || hour > 23
            || minute > 59
            || second > 59
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[19..];
        if (!TryParseFraction(ref rest, out long fraction) || !TryParseOffset(rest, out int offsetMinutes))
        {
            return false;
        }

        long ticks = new DateTime(year, month, day, hour, minute, second).Ticks + fraction;
        long utcTicks = ticks - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (utcTicks < DateTime.MinValue.Ticks || utcTicks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(ticks, new TimeSpan(offsetMinutes * TimeSpan.TicksPerMinute));
        return true;
    }

    /// <summary>Writes the time to the millisecond, in its own offset; <c>Z</c> for UTC.</summary>
    /// <param name="value">The time.</param>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Format(DateTimeOffset value, Span<byte> target)
    {
        target = target[..MaxLength]; // the one check of its length that the JIT then needs
        (DateOnly date, TimeOnly time) = value.DateTime;
        (int year, int month, int day) = date;
        uint milliseconds = (uint)(time.Ticks / TimeSpan.TicksPerMillisecond);
        uint seconds = milliseconds / 1000;
        uint minutes = seconds / 60;
        WriteTwoDigits(target, (uint)year / 100);
        WriteTwoDigits(target[2..], (uint)year % 100);
        target[4] = (byte)'-';
        WriteTwoDigits(target[5..], (uint)month);
        target[7] = (byte)'-';
        WriteTwoDigits(target[8..], (uint)day);
        target[10] = (byte)'T';
        WriteTwoDigits(target[11..], minutes / 60);
        target[13] = (byte)':';
        WriteTwoDigits(target[14..], minutes % 60);
        target[16] = (byte)':';
        WriteTwoDigits(target[17..], seconds % 60);
        int length = 19;
        uint millisecond = milliseconds % 1000;
        if (millisecond != 0)
        {
            target[length] = (byte)'.';
            target[length + 1] = (byte)('0' + (millisecond / 100));
            WriteTwoDigits(target[(length + 2)..], millisecond % 100);
            length += 4;
        }

        int offset = value.TotalOffsetMinutes;
        if (offset == 0)
        {
            target[length] = (byte)'Z';
            return length + 1;
        }

        target[length] = offset < 0 ? (byte)'-' : (byte)'+';
        uint offsetMinutes = (uint)Math.Abs(offset);
        WriteTwoDigits(target[(length + 1)..], offsetMinutes / 60);
        target[length + 3] = (byte)':';
        WriteTwoDigits(target[(length + 4)..], offsetMinutes % 60);
        return length + 6;
    }

    private static bool TryParseFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.')
        {
            return true;
        }

        long unit = TimeSpan.TicksPerSecond / 10;
        int i = 1;
        for (; i < rest.Length && rest[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            ticks += (rest[i] - '0') * unit;
            unit /= 10;
        }

        rest = rest[i..];
        return i > 1;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return (text[0] | 0x20) == 'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
        {
            return false;
        }

        int hour = TwoDigits(text[1..]);
        int minute = TwoDigits(text[4..]);
        minutes = (hour * 60) + minute;

        // .NET knows offsets of up to 14 hours; so does every time zone.
        if (hour > 14 || minute > 59 || minutes > 14 * 60)
        {
            return false;
        }

        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static int TwoDigits(ReadOnlySpan<byte> text)
    {
        uint tens = text[0] - (uint)'0';
        uint ones = text[1] - (uint)'0';
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : 1_000_000;
    }

    private static void WriteTwoDigits(Span<byte> target, uint value) => Pairs.Slice((int)value * 2, 2).CopyTo(target);
}
