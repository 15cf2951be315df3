using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Ocpp.Schemas.CSharp;
using Xunit;

namespace Ocpp.Generators.Tests;

public class CSharpLiteralTests
{
    [Fact]
    public void The_compiler_reads_every_character_back_from_its_literal()
    {
        string all = string.Concat(Enumerable.Range(0, 0x10000).Select(static c => (char)c));

        Assert.Equal(all, Read(CSharpLiteral.Of(all)));
    }

    [Theory]
    [InlineData("a\U0001F50Cb")]
    [InlineData("a\U000E0041b")]
    [InlineData("\uD83Da\uDD0C")]
    public void Pairs_and_halves_of_surrogates_are_read_back(string text) =>
        Assert.Equal(text, Read(CSharpLiteral.Of(text)));

    [Fact]
    public void Nothing_invisible_is_left_in_a_literal()
    {
        string all = string.Concat(Enumerable.Range(0, 0x10000).Select(static c => (char)c)) + "\U000E0041";

        Assert.DoesNotContain(
            CSharpLiteral.Of(all),
            static c =>
                char.GetUnicodeCategory(c)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
        );
    }

    /// <summary>Roslyn writes hexadecimal digits in lower case.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("ocpp2.0.1")]
    [InlineData("\"quoted\" \\ 'single' {0}")]
    [InlineData("\0\a\b\f\n\r\t\v\u0001\u001B\u007F\u0085\u2028\u2029")]
    [InlineData("Zähler Ω 電圧 \U0001F50C")]
    public void A_literal_has_the_form_that_the_compiler_writes(string text) =>
        Assert.Equal(SymbolDisplay.FormatLiteral(text, quote: true), CSharpLiteral.Of(text), ignoreCase: true);

    private static string Read(string literal)
    {
        var expression = (LiteralExpressionSyntax)SyntaxFactory.ParseExpression(literal);
        Assert.Empty(expression.GetDiagnostics());
        return expression.Token.ValueText;
    }
}
