using System.Globalization;
using System.Text;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>
/// Texts: escapes, control characters, UTF-8, surrogates, and where they stand in the blocks of 16 and 32 bytes.
/// </summary>
public sealed class ScannerTextTests
{
    /// <summary>What needs a second look, and something around the border between valid and not.</summary>
    private static readonly byte[][] s_specials =
    [
        [],
        .. AsBytes(
            "\\n",
            "\\\\",
            "\\\"",
            "\\/",
            "\\u0041",
            "\\u20AC",
            "\\uD83D\\uDE00",
            "é",
            "€",
            "😀",
            "\u007F",
            "\"",
            "\\",
            "\\x",
            "\\u12"
        ),
        .. AsBytes("\\uD83D", "\\uDE00", "\\uD83Dx", "\\uD83D\\n", "\\uD83D😀", "\u0001", "\u001F"),
        [0x80],
        [0xC3],
        [0xE2, 0x82],
        [0xF0, 0x9F, 0x98],
        [0xFF],
    ];

    [Fact]
    public void A_special_byte_at_every_offset_of_a_block_is_found()
    {
        foreach (byte[] special in s_specials)
        {
            for (int before = 0; before <= 72; before++)
            {
                for (int behind = 0; behind <= 40; behind++)
                {
                    byte[] text = [.. Filler(before), .. special, .. Filler(behind)];
                    AssertAsOracle([(byte)'"', .. text, (byte)'"']);
                }
            }
        }
    }

    [Fact]
    public void Two_special_bytes_at_every_distance_are_found()
    {
        foreach (byte[] first in s_specials)
        {
            foreach (byte[] second in s_specials)
            {
                for (int between = 0; between <= 40; between++)
                {
                    byte[] text = [.. Filler(3), .. first, .. Filler(between), .. second, .. Filler(14)];
                    AssertAsOracle([(byte)'"', .. text, (byte)'"']);
                }
            }
        }
    }

    [Fact]
    public void A_text_without_its_closing_quote_is_malformed_whatever_lies_behind_the_input()
    {
        for (int length = 0; length <= 40; length++)
        {
            byte[] whole = [(byte)'"', .. Filler(length), .. "\\\"é\"\""u8];
            for (int cut = 1; cut <= length + 5; cut++)
            {
                Assert.Null(Scanner.ReadString(whole.AsSpan(0, cut), out OcppViolation? violation));
                Assert.Equal(OcppRule.MalformedJson, violation!.Value.Rule);
                Assert.Equal(OcppRule.MalformedJson, Scanner.Scan(whole.AsSpan(0, cut))!.Value.Rule);
            }
        }
    }

    [Fact]
    public void Every_control_character_is_malformed_JSON_at_its_own_offset()
    {
        for (byte control = 0; control < 0x20; control++)
        {
            for (int before = 0; before <= 40; before++)
            {
                byte[] json = [(byte)'"', .. Filler(before), control, .. Filler(20), (byte)'"'];
                var expected = new OcppViolation(
                    OcppErrorCode.FormatViolation,
                    OcppRule.MalformedJson,
                    "",
                    Actual: before + 1
                );
                Assert.Null(Scanner.ReadString(json, out OcppViolation? violation));
                Assert.Equal(expected, violation);
                Assert.Equal(expected, Scanner.Scan(json));
            }
        }
    }

    [Fact]
    public void Every_byte_behind_a_backslash_is_an_escape_or_malformed()
    {
        for (int letter = 0; letter <= 0xFF; letter++)
        {
            AssertAsOracle([.. "\"abc\\"u8, (byte)letter, .. "def\""u8]);
            AssertAsOracle([.. "\"abc\\"u8, (byte)letter, (byte)'"']);
        }
    }

    [Fact]
    public void Every_UTF16_unit_can_be_escaped_except_half_a_surrogate_pair()
    {
        for (int unit = 0; unit <= 0xFFFF; unit++)
        {
            string? text = Scanner.ReadString(Ascii($"\"a\\u{unit:x4}b\""), out OcppViolation? violation);
            if (char.IsSurrogate((char)unit))
            {
                Assert.Null(text);
                Assert.Equal(
                    (OcppErrorCode.FormatViolation, OcppRule.InvalidText),
                    (violation!.Value.ErrorCode, violation.Value.Rule)
                );
                Assert.Equal(OcppRule.InvalidText, Scanner.Scan(Ascii($"\"a\\u{unit:X4}b\""))!.Value.Rule);
            }
            else
            {
                Assert.Null(violation);
                Assert.Equal($"a{(char)unit}b", text);
            }
        }
    }

    [Fact]
    public void Every_escaped_surrogate_pair_is_its_character()
    {
        var json = new StringBuilder();
        var expected = new StringBuilder();
        for (int high = 0xD800; high <= 0xDBFF; high++)
        {
            json.Clear().Append('"');
            expected.Clear();
            for (int low = 0xDC00; low <= 0xDFFF; low++)
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{high:X4}\\u{low:x4}");
                expected.Append((char)high).Append((char)low);
            }

            Assert.Equal(
                expected.ToString(),
                Scanner.ReadString(Ascii(json.Append('"').ToString()), out OcppViolation? violation)
            );
            Assert.Null(violation);
        }
    }

    [Fact]
    public void Every_pair_of_escaped_surrogates_in_another_order_is_invalid()
    {
        foreach (int first in (int[])[0xD800, 0xDBFF, 0xDC00, 0xDFFF])
        {
            for (int second = 0xD800; second <= 0xDFFF; second++)
            {
                AssertAsOracle(Ascii($"\"\\u{first:X4}\\u{second:X4}\""));
                AssertAsOracle(Ascii($"\"\\u{first:X4}-\\u{second:X4}\""));
            }
        }
    }

    [Fact]
    public void Every_code_point_in_UTF8_is_read_and_encoded_surrogates_are_invalid()
    {
        for (int start = 0x80; start <= 0x10FFFF; start += 0x400)
        {
            var text = new StringBuilder();
            for (int codePoint = start; codePoint < Math.Min(start + 0x400, 0x110000); codePoint++)
            {
                text.Append(Rune.IsValid(codePoint) ? char.ConvertFromUtf32(codePoint) : "");
            }

            Assert.Equal(
                text.ToString(),
                Scanner.ReadString(Encoding.UTF8.GetBytes($"\"{text}\""), out OcppViolation? violation)
            );
            Assert.Null(violation);
        }

        for (int surrogate = 0xD800; surrogate <= 0xDFFF; surrogate++)
        {
            byte[] encoded = [0xED, (byte)(0x80 | ((surrogate >> 6) & 0x3F)), (byte)(0x80 | (surrogate & 0x3F))];
            AssertInvalid(encoded);
        }
    }

    [Fact]
    public void Every_sequence_of_two_bytes_beyond_ASCII_is_read_as_UTF8_has_it()
    {
        for (int first = 0x80; first <= 0xFF; first++)
        {
            for (int second = 0x80; second <= 0xFF; second++)
            {
                // A sequence of two bytes encodes U+0080 to U+07FF; its shortest form begins with C2.
                byte[] bytes = [(byte)first, (byte)second];
                if (first is >= 0xC2 and <= 0xDF && second <= 0xBF)
                {
                    Assert.Equal(
                        $"{(char)(((first & 0x1F) << 6) | (second & 0x3F))}",
                        Scanner.ReadString([(byte)'"', .. bytes, (byte)'"'], out _)
                    );
                }
                else
                {
                    AssertInvalid(bytes);
                }
            }
        }
    }

    [Theory]
    [InlineData("C0AF", "an overlong slash")]
    [InlineData("C080", "an overlong NUL")]
    [InlineData("C1BF", "an overlong DEL")]
    [InlineData("E080AF", "an overlong slash of three bytes")]
    [InlineData("E09FBF", "an overlong U+07FF")]
    [InlineData("F08080AF", "an overlong slash of four bytes")]
    [InlineData("F08FBFBF", "an overlong U+FFFF")]
    [InlineData("F4908080", "beyond U+10FFFF")]
    [InlineData("F8888080AF", "a sequence of five bytes")]
    [InlineData("EDA0BDEDB880", "a surrogate pair, each half encoded")]
    [InlineData("C3", "one byte of two")]
    [InlineData("E282", "two bytes of three")]
    [InlineData("F09F98", "three bytes of four")]
    [InlineData("C328", "a lead byte before ASCII")]
    [InlineData("A9", "a trailing byte alone")]
    [InlineData("FEFF", "a UTF-16 byte order mark")]
    public void Bytes_that_are_no_UTF8_are_invalid_text(string hex, string what)
    {
        Assert.NotEmpty(what);
        byte[] bytes = Convert.FromHexString(hex);
        for (int before = 0; before <= 33; before++)
        {
            AssertInvalid([.. Filler(before), .. bytes]);
            AssertInvalid([.. bytes, .. Filler(before)]);
            AssertInvalid([.. "\\n"u8, .. Filler(before), .. bytes]);
        }
    }

    [Fact]
    public void A_byte_order_mark_is_malformed_JSON()
    {
        byte[] json = [0xEF, 0xBB, 0xBF, .. "{}"u8];
        Assert.Equal(
            new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.MalformedJson, "", Actual: 0),
            Scanner.Scan(json)
        );
    }

    [Fact]
    public void A_byte_order_mark_within_a_text_is_a_character() =>
        Assert.Equal("\uFEFF", Scanner.ReadString([(byte)'"', 0xEF, 0xBB, 0xBF, (byte)'"'], out _));

    [Theory]
    [InlineData("aaaa", 4)]
    [InlineData("a\\n\\\"a", 4)]
    [InlineData("\\u0041\\u0041\\u0041\\u0041", 4)]
    [InlineData("éééé", 4)]
    [InlineData("€€€€", 4)]
    [InlineData("😀😀😀😀", 4)]
    [InlineData("\\uD83D\\uDE00😀é\\n", 4)]
    public void Lengths_count_code_points(string text, int length)
    {
        byte[] json = Encoding.UTF8.GetBytes($"\"{text}\"");
        Assert.Equal(Oracle.ReadString(json), Scanner.ReadString(json, out OcppViolation? violation, length));
        Assert.Null(violation);
        Scanner.ReadString(json, out violation, length - 1);
        Assert.Equal(
            new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "", length - 1, length),
            violation
        );
    }

    [Fact]
    public void The_length_of_a_text_with_an_escape_is_counted_wherever_the_escape_stands()
    {
        for (int length = 1; length <= 100; length++)
        {
            foreach (int before in (int[])[0, length / 2, length - 1])
            {
                byte[] json = [(byte)'"', .. Filler(before), .. "\\n"u8, .. Filler(length - before - 1), (byte)'"'];
                Assert.Equal(Oracle.ReadString(json), Scanner.ReadString(json, out OcppViolation? violation, length));
                Assert.Null(violation);
                Scanner.ReadString(json, out violation, length - 1);
                Assert.Equal((OcppRule.MaxLength, length), (violation!.Value.Rule, (int)violation.Value.Actual!));
            }
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[\"a\"]")]
    [InlineData("  12")]
    public void Another_type_where_a_text_is_expected_is_a_type_violation(string json)
    {
        Assert.Null(Scanner.ReadString(Ascii(json), out OcppViolation? violation));
        Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, ""), violation);
    }

    private static void AssertAsOracle(byte[] json)
    {
        string? expected = Oracle.ReadString(json);
        string? actual = Scanner.ReadString(json, out OcppViolation? violation);
        bool isSame = expected is null ? violation is not null : violation is null && expected == actual;
        Assert.True(isSame, Convert.ToHexString(json));
        Assert.True(expected is null == Scanner.Scan(json) is not null, Convert.ToHexString(json));
    }

    private static void AssertInvalid(byte[] inner)
    {
        byte[] json = [(byte)'"', .. inner, (byte)'"'];
        Assert.Null(Scanner.ReadString(json, out OcppViolation? violation));
        Assert.True(violation?.Rule == OcppRule.InvalidText, Convert.ToHexString(json));
        Assert.Equal(OcppErrorCode.FormatViolation, violation.Value.ErrorCode);
        Assert.Equal(OcppRule.InvalidText, Scanner.Scan(json)!.Value.Rule);
    }

    private static byte[][] AsBytes(params string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);

    private static byte[] Filler(int length)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return Ascii(string.Concat(Letters, Letters)[..length]);
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
