using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.Security;

namespace Ocpp.Tests;

/// <summary>
/// The text of a peer in logs, exceptions and reports: nothing of it acts, and its length has a bound.
/// </summary>
public sealed class PrintableTextTests
{
    private const string Hostile = "a\u001B[2J\r\n\u0085\u2028\u2029\u202E\u200B\uFEFF\uD800b";
    private const string Escaped = "a\\u001B[2J\\u000D\\u000A\\u0085\\u2028\\u2029\\u202E\\u200B\\uFEFF\\uD800b";

    [Theory]
    [InlineData("", "")]
    [InlineData("Heartbeat ~ \\u001B", "Heartbeat ~ \\u001B")]
    [InlineData("é€😀 ß", "é€😀 ß")]
    [InlineData("\0\t\u007F\u009F\u00AD", "\\u0000\\u0009\\u007F\\u009F\\u00AD")]
    [InlineData("\U000E0041", "\\uDB40\\uDC41")]
    [InlineData("\uE000\uFFFF", "\\uE000\\uFFFF")]
    public void What_cannot_be_seen_is_escaped_and_all_else_kept(string text, string expected)
    {
        Assert.Equal(expected, PrintableText.Of(text));
        Assert.Equal(expected == text, PrintableText.IsPrintable(text));
        Assert.True(PrintableText.IsPrintable(expected));
    }

    [Fact]
    public void No_control_format_or_separator_character_and_no_half_pair_is_left()
    {
        for (int i = 0; i <= char.MaxValue; i++)
        {
            string text = PrintableText.Of(((char)i).ToString());
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory((char)i);
            bool acts =
                category
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Surrogate;
            Assert.True(!acts || text == $"\\u{i:X4}", $"U+{i:X4}");
        }
    }

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("abc\n", 4, "abc…")]
    [InlineData("abc\n", 9, "abc\\u000A")]
    [InlineData("abc\n", 8, "abc…")]
    [InlineData("ab😀d", 4, "ab…")]
    [InlineData("\n\n", 6, "…")]
    [InlineData("ab", 1, "…")]
    public void A_long_text_is_cut_between_characters_and_shows_it(string text, int maxLength, string expected) =>
        Assert.Equal(expected, PrintableText.Of(text, maxLength));

    [Fact]
    public void A_text_of_any_length_takes_256_characters_at_most()
    {
        Assert.Equal(new string('a', 255) + "…", PrintableText.Of(new string('a', 100_000)));
        Assert.Equal(253, PrintableText.Of(new string('\n', 100_000)).Length);
        Assert.Equal("", PrintableText.Of(null));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrintableText.Of("a", 0));
    }

    [Fact]
    public void A_text_that_can_be_shown_is_not_copied()
    {
        string text = new('é', 256);
        Assert.Same(text, PrintableText.Of(text));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_escaped_and_in_no_identity()
    {
        Assert.Equal("\\uDC00\\uD800", PrintableText.Of("\uDC00\uD800"));
        Assert.Equal("\\uD83D😀", PrintableText.Of("\uD83D\uD83D\uDE00"));
        Assert.False(OcppIdentity.IsValid("CS\uD800"));
    }

    [Fact]
    public void Reports_reasons_errors_and_exceptions_show_nothing_that_acts()
    {
        var reason = new OcppCloseReason(OcppCloseKind.ClosedByPeer, WebSocketCloseStatus.NormalClosure, Hostile);
        Assert.Equal($"ClosedByPeer (1000): {Escaped}", reason.ToString());
        Assert.Equal(
            $"The connection is closed: ClosedByPeer (1000): {Escaped}",
            new OcppConnectionClosedException(reason).Message
        );
        Assert.Equal(
            $"InvalidRequest: {Escaped}, message id {Escaped}: {Escaped}",
            new OcppReport(OcppReportKind.InvalidRequest, Hostile, Hostile) { Detail = Hostile }.ToString()
        );
        Assert.Equal(
            $"FormatViolation: {Escaped}",
            new OcppFrameError("1", OcppMessageType.Call, OcppErrorCode.FormatViolation, Hostile).ToString()
        );
        Assert.Equal($"The call failed with GenericError: {Escaped}", new OcppCallErrorException(Hostile).Message);
        Assert.Equal(
            $"Disconnected: ClosedByPeer (1000): {Escaped}",
            new OcppClientStateChange(OcppClientState.Disconnected, default) { CloseReason = reason }.ToString()
        );
        Assert.Equal(Hostile, reason.Description);
    }

    [Fact]
    public void A_wire_log_shows_nothing_that_acts_and_its_line_means_the_same()
    {
        const string Text = "a\u001B\u2028\u202E\u200B\uFEFF\U000E0041\\é";
        string json = JsonEncodedText.Encode(Text).ToString();
        byte[] frame = Encoding.UTF8.GetBytes($"[2,\"1\",\"X\",{{\"a\":\"{json}\"}}]");
        string line = OcppWireLog.Redact(frame, V201.Ocpp201Protocol.Instance);
        Assert.True(PrintableText.IsPrintable(line), line);
        Assert.Equal(Text, JsonDocument.Parse(line).RootElement[3].GetProperty("a").GetString());

        byte[] raw = Encoding.UTF8.GetBytes("[2,\"\u202E\",\"\u200B\",{\"\uFEFF\":\"\u2066\"}]");
        Assert.Equal(
            """[2,"\u202E","\u200B",{"\uFEFF":"\u2066"}]""",
            OcppWireLog.Redact(raw, V201.Ocpp201Protocol.Instance)
        );
    }

    [Theory]
    [InlineData("CS 1", true)]
    [InlineData("CS-é*_", true)]
    [InlineData(" CS-1", false)]
    [InlineData("CS-1 ", false)]
    [InlineData("CS\u00A01", false)]
    [InlineData("CS\u3000", false)]
    [InlineData("CS\u200B1", false)]
    [InlineData("CS\u202E1", false)]
    [InlineData("CS\u2028", false)]
    [InlineData("CS\u0085", false)]
    [InlineData("CS\U000E0041", false)]
    public void An_identity_has_nothing_that_cannot_be_seen(string identity, bool isValid) =>
        Assert.Equal(isValid, OcppIdentity.IsValid(identity));
}
