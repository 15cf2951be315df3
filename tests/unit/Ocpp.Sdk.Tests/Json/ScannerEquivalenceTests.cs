using FsCheck;
using FsCheck.Fluent;

namespace Ocpp.Tests.Json;

/// <summary>The scanner takes what <see cref="System.Text.Json.Utf8JsonReader"/> takes, and nothing else.</summary>
public sealed class ScannerEquivalenceTests
{
    private const int Cases = 20_000;

    private static readonly byte[] s_alphabet =
    [
        .. "{{}}[[]]\"\"\"\",,::\\\\u00eEDd8C.+-19truefalsnul \n\t/*"u8,
        0x00,
        0x1F,
        0x7F,
        0x80,
        0xA9,
        0xC3,
        0xE2,
        0x82,
        0xAC,
        0xF0,
        0x9F,
        0x98,
    ];

    [Fact]
    public void Arbitrary_bytes_are_accepted_as_by_Utf8JsonReader() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), AssertSame)
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(Cases));

    [Fact]
    public void Arbitrary_sequences_of_JSON_bytes_are_accepted_as_by_Utf8JsonReader()
    {
        Gen<byte[]> gen = Gen.Elements(s_alphabet).ArrayOf();
        Arbitrary<byte[]> bytes = Arb.From(gen, ArbMap.Default.ArbFor<byte[]>().Shrinker);
        Prop.ForAll(bytes, AssertSame)
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(Cases));
    }

    [Fact]
    public void Arbitrary_bytes_between_quotes_are_the_same_text_as_GetString_yields()
    {
        Gen<byte[]> gen = Gen.Elements(s_alphabet).ArrayOf();
        Arbitrary<byte[]> bytes = Arb.From(gen, ArbMap.Default.ArbFor<byte[]>().Shrinker);
        Prop.ForAll(
                bytes,
                inner =>
                {
                    byte[] json = [(byte)'"', .. inner, (byte)'"'];
                    string? expected = Oracle.ReadString(json);
                    string? actual = Scanner.ReadString(json, out OcppViolation? violation);
                    return expected is null ? violation is not null : violation is null && expected == actual;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20260131UL, 20260131UL).WithMaxTest(Cases));
    }

    [Fact]
    public void Generated_JSON_is_accepted_and_its_texts_are_those_of_GetString()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            byte[] json = RandomJson.Make(seed);
            Assert.True(Oracle.Accepts(json), Describe(seed, json));
            Assert.True(Scanner.Scan(json) is null, Describe(seed, json));
            foreach ((int start, int end, string text) in Oracle.Texts(json))
            {
                // Once with all that follows it, and once at the very end of its input.
                Assert.True(text == Scanner.ReadStringAt(json.AsSpan(start), out int position), Describe(seed, json));
                Assert.Equal(end - start, position);
                Assert.True(
                    text == Scanner.ReadStringAt(json.AsSpan(start, end - start).ToArray(), out position),
                    Describe(seed, json)
                );
                Assert.Equal(end - start, position);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_JSON_is_accepted_as_by_Utf8JsonReader(int part)
    {
        int accepted = 0;
        for (int seed = part * Cases; seed < (part + 1) * Cases; seed++)
        {
            var random = new Random(seed);
            byte[] json = Mutation.Apply(RandomJson.Make(random.Next()), random);
            bool expected = Oracle.Accepts(json);
            Assert.True(expected == Scanner.Scan(json) is null, Describe(seed, json));
            accepted += expected ? 1 : 0;
        }

        // Both answers were put to the test.
        Assert.InRange(accepted, Cases / 20, Cases - (Cases / 20));
    }

    [Fact]
    public void Bytes_behind_the_input_play_no_part()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            byte[] whole = RandomJson.Make(random.Next());
            int length = random.Next(whole.Length + 1);
            bool expected = Oracle.Accepts(whole.AsSpan(0, length));
            Assert.True(expected == Scanner.Scan(whole.AsSpan(0, length)) is null, Describe(seed, whole[..length]));
        }
    }

    private static bool AssertSame(byte[] json) => Oracle.Accepts(json) == Scanner.Scan(json) is null;

    private static string Describe(int seed, byte[] json) => $"seed {seed}: {Convert.ToHexString(json)}";
}
