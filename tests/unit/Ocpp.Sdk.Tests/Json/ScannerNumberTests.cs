using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>Numbers: all the forms that JSON has, and the limits of 32 bits and of <see cref="decimal"/>.</summary>
public sealed class ScannerNumberTests
{
    /// <summary>What may stand behind a number; the end of the input is one of it.</summary>
    private static readonly string[] s_ends = ["", " ", "\n", "\r\n", "\t"];

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0.0", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("0e0", 0)]
    [InlineData("0e5", 0)]
    [InlineData("0e400", 0)]
    [InlineData("0e99999999999", 0)]
    [InlineData("0.00e-99999999999", 0)]
    [InlineData("0.000e-7", 0)]
    [InlineData("7", 7)]
    [InlineData("7.0", 7)]
    [InlineData("7.000000000000000000000000000000000000", 7)]
    [InlineData("70e-1", 7)]
    [InlineData("0.7e1", 7)]
    [InlineData("7E+0", 7)]
    [InlineData("-1", -1)]
    [InlineData("-1.0e0", -1)]
    [InlineData("123456789", 123456789)]
    [InlineData("1234567890", 1234567890)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("2147483647.0", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("-2147483648.0", int.MinValue)]
    [InlineData("2.147483647e9", int.MaxValue)]
    [InlineData("21474836470e-1", int.MaxValue)]
    public void An_integer_of_32_bits_is_read_in_every_form(string json, int expected)
    {
        foreach (string end in s_ends)
        {
            Assert.Equal(expected, Scanner.ReadInt32(Utf8($" {json}{end}"), out OcppViolation? violation));
            Assert.Null(violation);
        }
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("9999999999")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("1e10")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("2147483648.0")]
    [InlineData("1e2147483648")]
    [InlineData("-1.5e99999999999")]
    public void An_integer_beyond_32_bits_is_out_of_range(string json) =>
        AssertInt32Refused(json, OcppRule.NumberRange);

    [Theory]
    [InlineData("0.5")]
    [InlineData("7.1")]
    [InlineData("71e-1")]
    [InlineData("-0.0000000001")]
    [InlineData("1e-1")]
    [InlineData("1e-400")]
    [InlineData("10e-99999999999")]
    [InlineData("2147483647.5")]
    [InlineData("5.00000000000000000000000000000000000001")]
    [InlineData("0.99999999999999999999999999999999999999")]
    public void A_fraction_is_no_integer(string json) => AssertInt32Refused(json, OcppRule.Type);

    [Theory]
    [InlineData("\"7\"")]
    [InlineData("true")]
    [InlineData("[7]")]
    [InlineData("{}")]
    public void Another_type_is_no_number(string json)
    {
        AssertInt32Refused(json, OcppRule.Type);
        Assert.Null(Scanner.ReadDecimal(Utf8(json), out OcppViolation? violation));
        Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, ""), violation);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("007")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("-+1")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("5.")]
    [InlineData("5.e1")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e-")]
    [InlineData("1e1.5")]
    [InlineData("1.2.3")]
    [InlineData("1-2")]
    [InlineData("1+")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("1,5")]
    [InlineData("1a")]
    [InlineData("1e1e1")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("NaN")]
    [InlineData("١")]
    [InlineData("")]
    public void What_RFC_8259_has_no_number_for_is_malformed(string json)
    {
        foreach (string end in s_ends)
        {
            Assert.False(Oracle.Accepts(Utf8(json + end)));
            Scanner.ReadInt32(Utf8(json + end), out OcppViolation? violation);
            Assert.Equal(
                (OcppErrorCode.FormatViolation, OcppRule.MalformedJson),
                (violation!.Value.ErrorCode, violation.Value.Rule)
            );
            Scanner.ReadDecimal(Utf8(json + end), out violation);
            Assert.Equal(OcppRule.MalformedJson, violation!.Value.Rule);
            Assert.Equal(OcppRule.MalformedJson, Scanner.Scan(Utf8(json + end))!.Value.Rule);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("0.0")]
    [InlineData("-0.0")]
    [InlineData("7.0")]
    [InlineData("70e-1")]
    [InlineData("1.10")]
    [InlineData("-12.5")]
    [InlineData("0.000001")]
    [InlineData("1e-400")]
    [InlineData("0e400")]
    [InlineData("0e99999999999")]
    [InlineData("1e-99999999999")]
    [InlineData("12345678901234567")]
    [InlineData("123456789012345678")]
    [InlineData("1234567890123456789")]
    [InlineData("12345678901234567890")]
    [InlineData("0.1234567890123456")]
    [InlineData("0.12345678901234567")]
    [InlineData("0.1234567890123456789012345678")]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("-999999999.999999999")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("1E+28")]
    public void A_decimal_is_read_as_Utf8JsonReader_reads_it(string json)
    {
        Assert.Equal(
            Number(json).GetDecimal(),
            Assert.NotNull(Scanner.ReadDecimal(Utf8(json), out OcppViolation? violation))
        );
        Assert.Null(violation);
        foreach (string end in s_ends)
        {
            Assert.Equal(Number(json).GetDecimal(), Scanner.ReadDecimal(Utf8($"\n{json}{end}"), out _));
        }
    }

    [Theory]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e29")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    public void A_decimal_beyond_what_NET_holds_is_out_of_range(string json)
    {
        Assert.Null(Scanner.ReadDecimal(Utf8(json), out OcppViolation? violation));
        Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.NumberRange, ""), violation);
    }

    [Fact]
    public void Numbers_of_any_form_are_the_integers_and_decimals_that_their_digits_say()
    {
        for (int seed = 0; seed < 60_000; seed++)
        {
            string json = RandomNumber(new Random(seed));
            byte[] utf8 = Utf8(json + s_ends[seed % s_ends.Length]);
            bool isInteger = ExactNumber.TryGetInteger(json, out BigInteger exact);
            bool fits = isInteger && exact >= int.MinValue && exact <= int.MaxValue;
            int? integer = Scanner.ReadInt32(utf8, out OcppViolation? violation);
            Assert.True(integer == (fits ? (int)exact : null), $"seed {seed}: {json} as an integer is {integer}");
            Assert.True(fits == violation is null, $"seed {seed}: {json}");
            if (!fits)
            {
                // A fraction too large for a decimal is out of range as well.
                Assert.Contains(
                    violation!.Value.Rule,
                    (OcppRule[])[isInteger ? OcppRule.NumberRange : OcppRule.Type, OcppRule.NumberRange]
                );
            }

            decimal? expected = Number(json).TryGetDecimal(out decimal number) ? number : null;
            Assert.True(expected == Scanner.ReadDecimal(utf8, out violation), $"seed {seed}: {json}");
            Assert.True(expected is null == violation is not null, $"seed {seed}: {json}");
        }
    }

    [Theory]
    [InlineData("5", 5, 10, null)]
    [InlineData("10", 5, 10, null)]
    [InlineData("4", 5, 10, OcppRule.Minimum)]
    [InlineData("4.0", 5, 10, OcppRule.Minimum)]
    [InlineData("11", 5, 10, OcppRule.Maximum)]
    [InlineData("110e-1", 5, 10, OcppRule.Maximum)]
    public void Bounds_hold_for_every_form(string json, int minimum, int maximum, OcppRule? broken)
    {
        OcppViolation? expected = broken is { } rule
            ? new OcppViolation(
                OcppErrorCode.PropertyConstraintViolation,
                rule,
                "",
                rule == OcppRule.Minimum ? minimum : maximum
            )
            : null;
        int? value = Scanner.ReadInt32(Utf8(json), out OcppViolation? violation, minimum, maximum);
        Assert.Equal(expected, violation);
        Assert.Equal((int)Number(json).GetDecimal(), value);
        Assert.Equal(value, Scanner.ReadDecimal(Utf8(json), out violation, minimum, maximum));
        Assert.Equal(expected, violation);
    }

    [Fact]
    public void Numbers_within_generated_JSON_are_read_where_they_stand()
    {
        for (int seed = 0; seed < 10_000; seed++)
        {
            byte[] json = RandomJson.Make(seed);
            foreach ((int start, int end) in Oracle.Numbers(json))
            {
                string number = Encoding.ASCII.GetString(json, start, end - start);
                var reader = new Ocpp.Json.OcppJsonReader(json.AsSpan(start), OcppErrorMap.Default);
                decimal? expected = Number(number).TryGetDecimal(out decimal value) ? value : null;
                Assert.True(expected == reader.ReadDecimal(), $"seed {seed}: {number}");
                Assert.Equal(end - start, reader.Position);
            }
        }
    }

    private static void AssertInt32Refused(string json, OcppRule rule)
    {
        foreach (string end in s_ends)
        {
            Assert.Null(Scanner.ReadInt32(Utf8(json + end), out OcppViolation? violation));
            Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, rule, ""), violation);
        }
    }

    private static string RandomNumber(Random random)
    {
        var number = new StringBuilder(random.Next(3) == 0 ? "-" : "");
        int digits = random.Next(1, random.Next(2) == 0 ? 4 : 32);
        number.Append(random.Next(4) == 0 ? "0" : ((char)('1' + random.Next(9))).ToString());
        for (int i = 1; i < digits && number[^1] != '0'; i++)
        {
            number.Append((char)('0' + random.Next(10)));
        }

        if (random.Next(2) == 0)
        {
            number.Append('.');
            number.Append('0', random.Next(3) == 0 ? random.Next(40) : 0);
            number.Append(
                CultureInfo.InvariantCulture,
                $"{random.Next(3) switch { 0 => 0, 1 => random.Next(10), _ => random.Next() }}"
            );
        }

        if (random.Next(3) == 0)
        {
            number
                .Append(random.Next(2) == 0 ? 'e' : 'E')
                .Append(
                    random.Next(3) switch
                    {
                        0 => "+",
                        1 => "-",
                        _ => "",
                    }
                );
            number.Append('0', random.Next(3)).Append(random.Next(random.Next(2) == 0 ? 12 : 500));
        }

        return number.ToString();
    }

    private static Utf8JsonReader Number(string json)
    {
        var reader = new Utf8JsonReader(Utf8(json));
        reader.Read();
        return reader;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
