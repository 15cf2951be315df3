using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ocpp.Json;

namespace Ocpp.Tests.Json;

/// <summary>
/// The writer: what it writes any JSON reader reads back, and nothing is handed over that is not whole and valid.
/// </summary>
public sealed class WriterTests
{
    private static readonly string[] s_parts =
    [
        "a",
        "\"",
        "\\",
        "\n",
        "\r",
        "\t",
        "\b",
        "\f",
        "\0",
        "\u001F",
        "\u007F",
        "\u0080",
        "é",
        "ÿ",
        "Ā",
        "€",
        "翿",
        "耀",
        "\uFFFF",
        "😀",
        "\U0010FFFF",
        "/",
        "+",
        "<",
    ];

    [Fact]
    public void Arbitrary_texts_are_written_with_the_fewest_escapes_and_read_back_equal() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text => text is null || CodePoints.IsWellFormed(text) == IsWrittenRight(text)
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(20_000));

    [Fact]
    public void Every_character_of_the_basic_plane_is_written_and_read_back()
    {
        for (int c = 0; c <= 0xFFFF; c++)
        {
            bool isWhole = !char.IsSurrogate((char)c);
            Assert.True(isWhole == IsWrittenRight($"{(char)c}"), $"U+{c:X4}");
            Assert.True(isWhole == IsWrittenRight($"0123456789{(char)c}0123456789"), $"U+{c:X4}");
        }
    }

    [Fact]
    public void Every_surrogate_pair_is_written_and_read_back()
    {
        var text = new StringBuilder();
        for (int start = 0x10000; start <= 0x10FFFF; start += 0x400)
        {
            text.Clear();
            for (int codePoint = start; codePoint < start + 0x400; codePoint++)
            {
                text.Append(char.ConvertFromUtf32(codePoint));
            }

            Assert.True(IsWrittenRight(text.ToString()), $"U+{start:X}");
        }
    }

    [Fact]
    public void A_special_character_at_every_offset_of_a_block_is_written_right()
    {
        foreach (string special in s_parts)
        {
            for (int before = 0; before <= 100; before++)
            {
                for (int behind = 0; behind <= 40; behind++)
                {
                    Assert.True(IsWrittenRight(new string('b', before) + special + new string('c', behind)));
                }
            }
        }
    }

    [Fact]
    public void Lines_of_every_length_are_written_right()
    {
        for (int length = 0; length <= 80; length++)
        {
            string line = $"{new string('b', length)}\n";
            Assert.True(IsWrittenRight(string.Concat(Enumerable.Repeat(line, 5))), $"{length} characters");
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_wherever_it_stands()
    {
        foreach (
            string half in (string[])
                ["\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD83Da", "\uD83D\n", "é\uD83D"]
        )
        {
            for (int before = 0; before <= 100; before++)
            {
                foreach (int behind in (int[])[0, 1, 20])
                {
                    Assert.False(IsWrittenRight(new string('b', before) + half + new string('c', behind)));
                }
            }
        }
    }

    [Fact]
    public void Texts_of_every_length_grow_beyond_the_first_span()
    {
        var random = new Random(1);
        for (int parts = 0; parts < 2_000; parts += random.Next(1, 6))
        {
            var text = new StringBuilder();
            string only = s_parts[random.Next(s_parts.Length)];
            for (int i = 0; i < parts; i++)
            {
                text.Append(parts % 2 == 0 ? only : s_parts[random.Next(s_parts.Length)]);
            }

            Assert.True(IsWrittenRight(text.ToString()), $"{parts} parts");
        }
    }

    [Fact]
    public void What_stands_around_a_text_stays_when_the_buffer_grows()
    {
        for (int length = 0; length < 1_200; length++)
        {
            var output = new ExactBufferWriter();
            var writer = new OcppJsonWriter(output);
            writer.WriteRaw("{\"a\":"u8);
            writer.WriteString(new string('a', length));
            writer.WriteRaw(",\"b\":"u8);
            writer.WriteString(new string('€', length / 3));
            writer.WriteRaw(",\"c\":"u8);
            writer.WriteInt32(-length);
            writer.WriteRaw(",\"d\":"u8);
            writer.WriteDecimal(length / 8m);
            writer.WriteRaw(",\"e\":"u8);
            writer.WriteBoolean(length % 2 == 0);
            writer.WriteRaw("}"u8);
            int position = writer.Position;
            writer.Complete();
            string expected = string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"a\":\"{new string('a', length)}\",\"b\":\"{new string('€', length / 3)}\",\"c\":{-length},"
                    + $"\"d\":{length / 8m},\"e\":{(length % 2 == 0 ? "true" : "false")}}}"
            );
            Assert.Equal(expected, Encoding.UTF8.GetString(output.Written));
            Assert.Equal(output.Written.Length, position);
            Assert.Equal(1, output.Advances);
        }
    }

    [Theory]
    [InlineData("aaaa", 4)]
    [InlineData("\n\"\\\u0001", 4)]
    [InlineData("é€\u0080ÿ", 4)]
    [InlineData("😀😀😀😀", 4)]
    [InlineData("", 0)]
    public void Lengths_count_code_points(string text, int length)
    {
        Assert.NotNull(Write(text, length));
        if (length > 0)
        {
            Assert.Null(Write(text, length - 1));
        }
    }

    [Fact]
    public void A_text_that_is_null_is_refused() => Assert.Null(Write(null, int.MaxValue));

    [Fact]
    public void Integers_come_back()
    {
        foreach (int value in (int[])[0, 1, -1, 9, 10, -10, 99, 100, 123456789, 1234567890, int.MaxValue, int.MinValue])
        {
            Assert.Equal(value, Number((ref OcppJsonWriter writer) => writer.WriteInt32(value)).GetInt32());
        }

        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                value => Number((ref OcppJsonWriter writer) => writer.WriteInt32(value)).GetInt32() == value
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(5_000));
    }

    [Fact]
    public void Decimals_come_back_without_an_exponent()
    {
        decimal[] extremes =
        [
            0m,
            -0.0m,
            7.0m,
            1.10m,
            decimal.MaxValue,
            decimal.MinValue,
            decimal.One / 3,
            0.0000000000000000000000000001m,
            -0.0000000000000000000000000001m,
            1e28m,
        ];
        Assert.All(extremes, value => Assert.True(ComesBack(value)));
        Prop.ForAll(ArbMap.Default.ArbFor<decimal>(), ComesBack)
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(5_000));

        static bool ComesBack(decimal value)
        {
            JsonElement number = Number((ref OcppJsonWriter writer) => writer.WriteDecimal(value));
            return number.GetDecimal() == value
                && !number.GetRawText().Contains('E', StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Decimals_keep_all_of_their_digits_and_no_others()
    {
        var random = new Random(20260131);
        decimal[] mantissas =
        [
            .. Enumerable.Range(0, 29).Select(digits => Enumerable.Repeat(10m, digits).Aggregate(1m, (a, b) => a * b)),
            uint.MaxValue,
            1m + uint.MaxValue,
            long.MaxValue,
            ulong.MaxValue,
            1m + ulong.MaxValue,
            decimal.MaxValue,
            .. Enumerable.Range(0, 2_000).Select(_ => (decimal)(random.NextInt64() >> random.Next(63))),
        ];
        foreach (decimal mantissa in mantissas.SelectMany(number => (decimal[])[number - 1, number]))
        {
            Span<int> parts = decimal.GetBits(mantissa);
            for (byte scale = 0; scale <= 28; scale++)
            {
                AssertText(new decimal(parts[0], parts[1], parts[2], isNegative: false, scale));
                AssertText(new decimal(parts[0], parts[1], parts[2], isNegative: true, scale));
            }
        }

        static void AssertText(decimal value) =>
            Assert.Equal(
                value.ToString(CultureInfo.InvariantCulture),
                Number((ref OcppJsonWriter writer) => writer.WriteDecimal(value)).GetRawText()
            );
    }

    [Fact]
    public void Numbers_are_written_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Swedish writes the minus as U+2212, German the decimal point as a comma.
            foreach (string culture in (string[])["sv-SE", "de-DE", "ar-SA", "th-TH"])
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Assert.Equal("-12", Number((ref OcppJsonWriter writer) => writer.WriteInt32(-12)).GetRawText());
                Assert.Equal("-1.5", Number((ref OcppJsonWriter writer) => writer.WriteDecimal(-1.5m)).GetRawText());
                Assert.Equal(
                    "\"2026-01-31T12:34:56.789-03:30\"",
                    Number(
                            (ref OcppJsonWriter writer) =>
                                writer.WriteDateTimeOffset(
                                    new DateTimeOffset(2026, 1, 31, 12, 34, 56, 789, new TimeSpan(-3, -30, 0))
                                )
                        )
                        .GetRawText()
                );
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Times_come_back_to_the_millisecond()
    {
        foreach (
            DateTimeOffset time in (DateTimeOffset[])
                [DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch]
        )
        {
            DateTimeOffset back = Number((ref OcppJsonWriter writer) => writer.WriteDateTimeOffset(time))
                .GetDateTimeOffset();
            Assert.Equal(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond)), back);
        }
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Numbers_outside_their_bounds_are_refused(int value, bool isValid)
    {
        Assert.Equal(isValid, Write((ref OcppJsonWriter writer) => writer.WriteInt32(value, 5, 10)) is not null);
        Assert.Equal(isValid, Write((ref OcppJsonWriter writer) => writer.WriteDecimal(value, 5, 10)) is not null);
    }

    private delegate void WriteValue(ref OcppJsonWriter writer);

    /// <summary>
    /// Whether the text is written at all; then it must be in the shortest form that RFC 8259 section 7 allows.
    /// </summary>
    private static bool IsWrittenRight(string text)
    {
        if (Write(text, int.MaxValue) is not { } json)
        {
            return false;
        }

        Assert.Equal(Shortest(text), Encoding.UTF8.GetString(json));
        Assert.Equal(text, Oracle.ReadString(json));
        Assert.Equal(text, Scanner.ReadString(json, out _));
        return true;
    }

    private static string Shortest(string text)
    {
        var json = new StringBuilder("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => json.Append('\\').Append(c),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"').ToString();
    }

    private static byte[]? Write(string? text, int maxLength) =>
        Write((ref OcppJsonWriter writer) => writer.WriteString(text, maxLength));

    private static byte[]? Write(WriteValue write)
    {
        var output = new ExactBufferWriter();
        var writer = new OcppJsonWriter(output);
        write(ref writer);
        bool isInvalid = writer.IsInvalid || writer.IsDeviating;
        writer.Complete();
        Assert.Equal(isInvalid ? 0 : 1, output.Advances);
        return isInvalid ? null : output.Written;
    }

    private static JsonElement Number(WriteValue write) => JsonElement.Parse(Assert.IsType<byte[]>(Write(write)));
}
