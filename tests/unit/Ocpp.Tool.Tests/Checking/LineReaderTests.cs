using System.Text;
using Ocpp.Tool.Checking;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

public sealed class LineReaderTests
{
    private const string TooLong = "(too long)";

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one\n", "one")]
    [InlineData("\n", "")]
    [InlineData("\n\n", "", "")]
    [InlineData("one\n\nthree", "one", "", "three")]
    [InlineData("one\r\ntwo\r\n", "one\r", "two\r")]
    [InlineData(
        "a line of some length\nx\nanother one of some length",
        "a line of some length",
        "x",
        "another one of some length"
    )]
    public async Task Lines_are_the_same_wherever_a_block_ends(string text, params string[] lines)
    {
        string[] expected = lines.Length == 0 && text.Length > 0 ? [text] : lines;
        for (int blockSize = 4; blockSize < 60; blockSize++)
        {
            Assert.Equal(expected, await ReadAsync(text, blockSize, maxLength: 1_000));
        }
    }

    [Fact]
    public async Task A_line_beyond_the_bound_is_named_and_the_next_ones_are_read()
    {
        string text =
            $"{new string('a', 20)}\n{new string('b', 21)}\nshort\n{new string('c', 200)}\n{new string('d', 20)}";
        for (int blockSize = 4; blockSize <= 21; blockSize++)
        {
            Assert.Equal(
                [new string('a', 20), TooLong, "short", TooLong, new string('d', 20)],
                await ReadAsync(text, blockSize, maxLength: 20)
            );
        }
    }

    [Fact]
    public async Task A_last_line_beyond_the_bound_is_named_though_it_has_no_end()
    {
        Assert.Equal([TooLong], await ReadAsync(new string('a', 21), blockSize: 8, maxLength: 20));
        Assert.Equal(["x", TooLong], await ReadAsync("x\n" + new string('a', 1_000), blockSize: 8, maxLength: 20));
    }

    private static async Task<List<string>> ReadAsync(string text, int blockSize, int maxLength)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), blockSize, maxLength);
        List<string> lines = [];
        while (await reader.FillAsync(CancellationToken.None))
        {
            Take(reader, lines);
        }

        Take(reader, lines);
        Assert.Equal((text.Length, lines.Count), (reader.BytesRead, reader.LineNumber));
        return lines;
    }

    private static void Take(LineReader reader, List<string> lines)
    {
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            Assert.True(!reader.IsTooLong || line.IsEmpty);
            lines.Add(reader.IsTooLong ? TooLong : Encoding.UTF8.GetString(line));
        }
    }
}
