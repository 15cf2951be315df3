using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ocpp.Json;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>
/// Dates and times: RFC 3339 section 5.6, and at most three fractional digits when written (part 2, 2.1.4).
/// </summary>
public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-01-31T12:34:56Z", "2026-01-31T12:34:56.0000000+00:00")]
    [InlineData("2026-01-31t12:34:56z", "2026-01-31T12:34:56.0000000+00:00")]
    [InlineData("2026-01-31T12:34:56.7Z", "2026-01-31T12:34:56.7000000+00:00")]
    [InlineData("2026-01-31T12:34:56.789Z", "2026-01-31T12:34:56.7890000+00:00")]
    [InlineData("2026-01-31T12:34:56.1234567Z", "2026-01-31T12:34:56.1234567+00:00")]
    [InlineData("2026-01-31T12:34:56.12345678Z", "2026-01-31T12:34:56.1234567+00:00")]
    [InlineData("2026-01-31T12:34:56.99999999999999999999999999Z", "2026-01-31T12:34:56.9999999+00:00")]
    [InlineData("2026-01-31T12:34:56.000Z", "2026-01-31T12:34:56.0000000+00:00")]
    [InlineData("2026-01-31T12:34:56+00:00", "2026-01-31T12:34:56.0000000+00:00")]
    [InlineData("2026-01-31T12:34:56-00:00", "2026-01-31T12:34:56.0000000+00:00")]
    [InlineData("2026-01-31T12:34:56+05:30", "2026-01-31T12:34:56.0000000+05:30")]
    [InlineData("2026-01-31T12:34:56.5-03:30", "2026-01-31T12:34:56.5000000-03:30")]
    [InlineData("2026-01-31T12:34:56+14:00", "2026-01-31T12:34:56.0000000+14:00")]
    [InlineData("2026-01-31T12:34:56-14:00", "2026-01-31T12:34:56.0000000-14:00")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000+00:00")]
    [InlineData("2000-02-29T23:59:59Z", "2000-02-29T23:59:59.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T14:00:00+14:00", "0001-01-01T14:00:00.0000000+14:00")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("9999-12-31T09:59:59-14:00", "9999-12-31T09:59:59.0000000-14:00")]
    public void A_time_of_RFC_3339_is_read_with_its_offset(string text, string expected)
    {
        Assert.True(TryParse(text, out DateTimeOffset value));
        Assert.Equal(expected, value.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2026-01-31")]
    [InlineData("12:34:56Z")]
    [InlineData("2026-01-31T12:34:56")]
    [InlineData("2026-01-31T12:34:56.789")]
    [InlineData("2026-01-31T12:34Z")]
    [InlineData("2026-01-31 12:34:56Z")]
    [InlineData("2026-01-31T12:34:56 Z")]
    [InlineData("2026-01-31T12:34:56Z ")]
    [InlineData(" 2026-01-31T12:34:56Z")]
    [InlineData("2026-01-31T12:34:56ZZ")]
    [InlineData("2026-01-31T12:34:56.Z")]
    [InlineData("2026-01-31T12:34:56.+00:00")]
    [InlineData("2026-01-31T12:34:56,789Z")]
    [InlineData("2026-01-31T12:34:56.7.8Z")]
    [InlineData("2026-01-31T12:34:56.-7Z")]
    [InlineData("2026-01-31T12:34:56+01")]
    [InlineData("2026-01-31T12:34:56+0100")]
    [InlineData("2026-01-31T12:34:56+1:00")]
    [InlineData("2026-01-31T12:34:56+01:0")]
    [InlineData("2026-01-31T12:34:56+01:000")]
    [InlineData("2026-01-31T12:34:56+01-00")]
    [InlineData("2026-01-31T12:34:56+14:01")]
    [InlineData("2026-01-31T12:34:56+15:00")]
    [InlineData("2026-01-31T12:34:56+01:60")]
    [InlineData("2026-01-31T12:34:56Z+01:00")]
    [InlineData("2026-01-31T12:34:56\u221201:00")]
    [InlineData("2026-00-31T12:34:56Z")]
    [InlineData("2026-13-31T12:34:56Z")]
    [InlineData("2026-01-00T12:34:56Z")]
    [InlineData("2026-01-32T12:34:56Z")]
    [InlineData("2026-04-31T12:34:56Z")]
    [InlineData("2026-02-29T12:34:56Z")]
    [InlineData("1900-02-29T12:34:56Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T12:60:56Z")]
    [InlineData("2026-12-31T23:59:60Z")]
    [InlineData("2026-01-31T12:34:61Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("12026-01-31T12:34:56Z")]
    [InlineData("-2026-01-31T12:34:56Z")]
    [InlineData("226-01-31T12:34:56.00Z")]
    [InlineData("2026/01/31T12:34:56Z")]
    [InlineData("20260131T123456Z0000")]
    [InlineData("2026-W05-6T12:34:56Z")]
    [InlineData("2026-1-31T12:34:56.0Z")]
    [InlineData("202a-01-31T12:34:56Z")]
    [InlineData("2026-01-31T12:34:5aZ")]
    [InlineData("2026-01-31T1 :34:56Z")]
    [InlineData("２０２６-01-31T12:34:56Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    public void Any_other_text_is_a_date_time_violation(string text)
    {
        Assert.False(TryParse(text, out DateTimeOffset value));
        Assert.Equal(default, value);

        var reader = new OcppJsonReader(Encoding.UTF8.GetBytes($"\"{text}\""), OcppErrorMap.Default);
        Assert.Null(reader.ReadDateTimeOffset());
        Assert.Equal(
            new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.DateTime, ""),
            reader.Log!.First
        );
    }

    [Theory]
    [InlineData("2026-01-31T12:34:56.0000000+00:00", "2026-01-31T12:34:56Z")]
    [InlineData("2026-01-31T12:34:56.7000000+00:00", "2026-01-31T12:34:56.700Z")]
    [InlineData("2026-01-31T12:34:56.0070000+00:00", "2026-01-31T12:34:56.007Z")]
    [InlineData("2026-01-31T12:34:56.7899999+00:00", "2026-01-31T12:34:56.789Z")]
    [InlineData("2026-01-31T12:34:56.0009999+00:00", "2026-01-31T12:34:56Z")]
    [InlineData("2026-01-31T12:34:56.0000000+05:30", "2026-01-31T12:34:56+05:30")]
    [InlineData("2026-01-31T12:34:56.7890000-03:30", "2026-01-31T12:34:56.789-03:30")]
    [InlineData("2026-01-31T12:34:56.7890000+14:00", "2026-01-31T12:34:56.789+14:00")]
    [InlineData("2026-01-31T12:34:56.0000000-00:30", "2026-01-31T12:34:56-00:30")]
    [InlineData("0001-01-01T00:00:00.0000000+00:00", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00", "9999-12-31T23:59:59.999Z")]
    public void A_time_is_written_to_the_millisecond_in_its_own_offset(string time, string expected) =>
        Assert.Equal(expected, Format(DateTimeOffset.ParseExact(time, "O", CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_time_comes_back_to_the_millisecond_and_with_its_offset()
    {
        Gen<DateTimeOffset> times =
            from offset in Gen.Choose(-14 * 60, 14 * 60)
            from day in Gen.Choose(1, 3_652_056)
            from millisecond in Gen.Choose(0, 86_399_999)
            from ticks in Gen.Choose(0, 9_999)
            select new DateTimeOffset(
                DateTime.MinValue.AddDays(day).AddMilliseconds(millisecond).AddTicks(ticks),
                TimeSpan.FromMinutes(offset)
            );
        Prop.ForAll(
                times.ToArbitrary(),
                time =>
                {
                    string text = Format(time);
                    return text.Length <= Rfc3339.MaxLength
                        && TryParse(text, out DateTimeOffset back)
                        && back.EqualsExact(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond)));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(20_000));
    }

    [Fact]
    public void What_is_read_is_what_NET_reads()
    {
        Gen<string> texts =
            from year in Gen.Choose(1, 9998)
            from month in Gen.Choose(0, 13)
            from day in Gen.Choose(0, 32)
            from hour in Gen.Choose(0, 25)
            from minute in Gen.Choose(0, 61)
            from fraction in Gen.Elements("", ".1", ".123", ".1234567")
            from offset in Gen.Elements("Z", "+00:00", "-11:45", "+14:00")
            select $"{year:0000}-{month:00}-{day:00}T{hour:00}:{minute:00}:{minute:00}{fraction}{offset}";
        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    // .NET takes 24:00:00 as the next day's midnight, and times of the first and last day in any
                    // offset.
                    bool expected =
                        DateTimeOffset.TryParse(
                            text,
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.RoundtripKind,
                            out DateTimeOffset value
                        ) && !text.Contains("T24", StringComparison.Ordinal);
                    return TryParse(text, out DateTimeOffset back) == expected
                        && (!expected || back.EqualsExact(value));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(20_000));
    }

    [Fact]
    public void No_cut_and_no_foreign_byte_throws()
    {
        byte[] text = Encoding.ASCII.GetBytes("2026-01-31T12:34:56.789+01:00");
        for (int length = 0; length < text.Length; length++)
        {
            Assert.False(Rfc3339.TryParse(text.AsSpan(0, length), out _));
        }

        for (int at = 0; at < text.Length; at++)
        {
            foreach (byte foreign in (byte[])[0, (byte)' ', (byte)'/', (byte)':', (byte)'x', 0x80, 0xFF])
            {
                byte[] damaged = [.. text];
                damaged[at] = foreign;
                Assert.Equal(text[at] == foreign, Rfc3339.TryParse(damaged, out _));
            }
        }
    }

    [Fact]
    public void Escapes_in_a_time_are_resolved()
    {
        var reader = new OcppJsonReader("\"2026-01-31\\u005412:34:56\\u005a\" "u8, OcppErrorMap.Default);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 34, 56, TimeSpan.Zero), reader.ReadDateTimeOffset());
        Assert.True(reader.End());
    }

    private static bool TryParse(string text, out DateTimeOffset value) =>
        Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out value);

    private static string Format(DateTimeOffset value)
    {
        var target = new byte[Rfc3339.MaxLength];
        return Encoding.ASCII.GetString(target, 0, Rfc3339.Format(value, target));
    }
}
