using Ocpp.Schemas.Parsing;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>Plain text from descriptions as they are published.</summary>
public class DescriptionTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" \r\n\t\u00A0", "")]
    [InlineData("Plain words.", "Plain words.")]
    [InlineData("\r\nOne.\r\n\r\n\tTwo  three.\r\n", "One. Two three.")]
    [InlineData("A\u00A0value,&nbsp;and&#160;more\u0085\u2028\u000Bin\u0000a row", "A value, and more in a row")]
    [InlineData("W/m&#178; &lt; &quot;x&quot; &amp; &micro;s &#x2014; it's", "W/m² < \"x\" & µs — it's")]
    [InlineData("a &amp;lt; b &amp;amp; c &amp;amp;amp; d &amp;#178;", "a < b & c & d ²")]
    [InlineData("AT&T, a & b, 1 &lt 2, &unknown;", "AT&T, a & b, 1 &lt 2, &unknown;")]
    [InlineData("See <<limits>>.", "See limits.")]
    [InlineData("See <<cs-limits,the limits>>.", "See the limits.")]
    [InlineData("See <<cs-limits, the limits, and more>>.", "See the limits, and more.")]
    [InlineData("See <<cs-limits , the\r\nlimits >>here.", "See the limits here.")]
    [InlineData("<<a,one>><<b>> <<c,>>", "oneb c,")]
    [InlineData("&lt;&lt;cs-limits,limits&gt;&gt;", "limits")]
    [InlineData("&amp;lt;&amp;lt;cs-limits,limits&amp;gt;&amp;gt;", "limits")]
    [InlineData("1 << 4, 256 >> 4", "1 << 4, 256 >> 4")]
    [InlineData("<b>bold</b>, ]]> and */", "<b>bold</b>, ]]> and */")]
    public void A_description_becomes_plain_text(string? description, string text)
    {
        Assert.Equal(text, Description.Clean(description));
        Assert.Equal(text, Description.Clean(text));
    }

    [Fact]
    public void What_XML_has_no_place_for_is_a_space() =>
        Assert.Equal(
            "half , whole \U0001F600, none .",
            Description.Clean("half " + '\uD83D' + ", whole \U0001F600, none\0\uFFFF.")
        );

    [Fact]
    public void What_turns_the_direction_of_text_is_left_out() =>
        Assert.Equal("ab cd", Description.Clean("a\u202Eb\u2066 \u200Fc\u061Cd\u2069&#x202E;"));

    [Fact]
    public void Entities_encoded_again_and_again_are_decoded_to_the_end() =>
        Assert.Equal("&", Description.Clean("&" + string.Concat(Enumerable.Repeat("amp;", 2_000))));
}
