using Microsoft.CodeAnalysis.Text;
using Ocpp.Schemas.Diagnostics;
using Xunit;

namespace Ocpp.Generators.Tests;

public class SourceLinesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("\n")]
    [InlineData("a\nb\r\nc\rd\u0085e\u2028f\u2029g")]
    [InlineData("\r\r\n\n\r")]
    [InlineData("a\r\n")]
    [InlineData("\U0001F50C\n\U0001F50Cb")]
    public void Every_position_is_where_the_compiler_has_it(string text)
    {
        var lines = new SourceLines(text);
        TextLineCollection expected = SourceText.From(text).Lines;

        Assert.All(
            Enumerable.Range(0, text.Length + 1),
            index =>
            {
                LinePosition position = expected.GetLinePosition(index);
                Assert.Equal(new LineAndColumn(position.Line, position.Character), lines.PositionOf(index));
            }
        );
    }
}
