using System.Text;
using Ocpp.Tool.Checking;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

public sealed class FrameStartTests
{
    [Theory]
    [InlineData("")]
    [InlineData("2026-11-23T10:00:00Z CP-1 -> ")]
    [InlineData("2026-11-23 10:00:00,123 [INFO] ")]
    [InlineData("[2026-11-23 10:00:00,123] [INFO] [CP-1] RX ")]
    [InlineData("[17, main] ")]
    [InlineData("Nov 23 10:00:00 csms ocpp[2]: ")]
    [InlineData("{\"level\":\"info\",\"frame\":")]
    [InlineData("[[[")]
    [InlineData("phases [1,2,3] ")]
    [InlineData("[3, 10s] [2,\\ ")]
    [InlineData("  \t")]
    [InlineData("Zürich ← ")]
    public void A_frame_is_found_behind_any_prefix(string prefix)
    {
        foreach (
            string frame in (string[])
                ["[2,\"1\",\"Heartbeat\",{}]", "[ 3 , \"1\",{}]", "[\t4,\"1\"", "[9,\"x\",{", "[2,\"1"]
        )
        {
            Assert.Equal(
                Encoding.UTF8.GetByteCount(prefix),
                FrameStart.Find(Encoding.UTF8.GetBytes(prefix + frame), out FrameLikeness likeness)
            );
            Assert.True(likeness >= FrameLikeness.Frame);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("connected [CP-1]")]
    [InlineData("[2026-11-23 10:00:00,123] started")]
    [InlineData("[17, main] started")]
    [InlineData("ocpp[2]: started")]
    [InlineData("[\"2\",\"1\"]")]
    [InlineData("2,\"1\",\"Heartbeat\",{}]")]
    [InlineData("[3, 3, 3]A")]
    [InlineData("[2,7]")]
    [InlineData("[2,7,\"a\"]")]
    [InlineData("[2,7,\"a\",8]")]
    [InlineData("[3,7,\"a\"]")]
    [InlineData("[2,{\"a\":1}]")]
    [InlineData("[2,[\"a\"]]")]
    [InlineData("[2,'1','Heartbeat',{}]")]
    [InlineData("[7,\"a\"]")]
    [InlineData("[2,\"a\" \"b\"]")]
    [InlineData("[2,\\q\"]")]
    public void Other_lines_hold_no_frame(string line) =>
        Assert.Equal(
            (-1, FrameLikeness.None),
            (FrameStart.Find(Encoding.UTF8.GetBytes(line), out FrameLikeness likeness), likeness)
        );

    [Theory]
    [InlineData("[2,7,\"Heartbeat\",{}]")]
    [InlineData("[2, null, \"Heartbeat\", {")]
    [InlineData("[3,7,{")]
    [InlineData("[4,-1.5e3,\"InternalError\",\"\",{}]")]
    public void An_id_that_is_no_text_counts_where_what_follows_is_as_in_a_frame(string line) =>
        Assert.Equal(
            (0, FrameLikeness.Frame),
            (FrameStart.Find(Encoding.UTF8.GetBytes(line), out FrameLikeness likeness), likeness)
        );

    [Theory]
    [InlineData("[")]
    [InlineData("[2")]
    [InlineData("[ 2 ,")]
    [InlineData("[2, 7")]
    [InlineData("[2, 7,")]
    [InlineData("[2, 7, \"Heartbeat\"")]
    [InlineData("[2, 7, \"Heartbeat\",")]
    public void A_line_may_end_before_it_shows(string line) =>
        Assert.Equal(
            (3, FrameLikeness.Unfinished),
            (FrameStart.Find(Encoding.UTF8.GetBytes($"-> {line}"), out FrameLikeness likeness), likeness)
        );

    [Theory]
    [InlineData("""[2,\"1\",\"Heartbeat\",{}]""")]
    [InlineData("""[2,\u00221\u0022,\u0022Heartbeat\u0022,{}]""")]
    [InlineData("""[\n  2,\r\n\t\"1\",""")]
    [InlineData("""[2,\\\"1\\\",\\\"Heartbeat\\\",{}]""")]
    [InlineData("""[2,""1"",""Heartbeat"",{}]""")]
    public void A_quoted_frame_is_one_within_escapes(string line) =>
        Assert.Equal(
            (0, FrameLikeness.Escaped),
            (FrameStart.Find(Encoding.UTF8.GetBytes(line), out FrameLikeness likeness), likeness)
        );
}
