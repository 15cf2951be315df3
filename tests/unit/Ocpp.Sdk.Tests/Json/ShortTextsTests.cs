using System.Text;
using Ocpp.Json;

namespace Ocpp.Tests.Json;

public sealed class ShortTextsTests
{
    private const string Alphabet = "0123456789.ABVWhk%-/ ~";

    [Fact]
    public void A_text_that_comes_again_is_the_same_string()
    {
        foreach (string text in new[] { "A", "Wh", "kWh", "var1", "230.1", "1234.5", "Percent" })
        {
            byte[] ascii = Encoding.ASCII.GetBytes(text);
            Assert.Equal(text, ShortTexts.Get(ascii));

            // Other tests read texts at the same time, and one of them may take the place between the two.
            Assert.Contains(
                Enumerable.Range(0, 20),
                _ => ReferenceEquals(ShortTexts.Get(ascii), ShortTexts.Get(ascii))
            );
        }
    }

    /// <summary>Many more texts than there are places, so that each place is overwritten again and again.</summary>
    [Fact]
    public void Texts_that_share_a_place_or_some_of_their_characters_stay_apart()
    {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            Assert.Equal(Next(random, out byte[] ascii), ShortTexts.Get(ascii));
        }
    }

    [Fact]
    public void Neighbours_of_each_text_are_other_texts()
    {
        for (int length = 1; length <= ShortTexts.MaxLength; length++)
        {
            byte[] ascii = Encoding.ASCII.GetBytes(new string('a', length));
            for (int i = 0; i < length; i++)
            {
                ShortTexts.Get(ascii);
                ascii[i] = (byte)'b';
                Assert.Equal(Encoding.ASCII.GetString(ascii), ShortTexts.Get(ascii));
                ascii[i] = (byte)'a';
                Assert.Equal(new string('a', length), ShortTexts.Get(ascii));
            }
        }
    }

    [Fact]
    public void Several_threads_read_their_own_texts() =>
        Parallel.For(
            0,
            4,
            thread =>
            {
                var random = new Random(thread);
                for (int i = 0; i < 50_000; i++)
                {
                    Assert.Equal(Next(random, out byte[] ascii), ShortTexts.Get(ascii));
                }
            }
        );

    private static string Next(Random random, out byte[] ascii)
    {
        char[] characters = new char[random.Next(1, ShortTexts.MaxLength + 1)];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = Alphabet[random.Next(Alphabet.Length)];
        }

        ascii = Encoding.ASCII.GetBytes(characters);
        return new string(characters);
    }
}
