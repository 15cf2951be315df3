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
    [InlineData("  \t")]
    [InlineData("Zürich ← ")]
    public void A_frame_is_found_behind_any_prefix(string prefix)
    {
        foreach (string frame in (string[])["[2,\"1\",\"Heartbeat\",{}]", "[ 3 , \"1\",{}]", "[\t4,", "[9,\"x\"]"])
        {
            Assert.Equal(Encoding.UTF8.GetByteCount(prefix), FrameStart.Find(Encoding.UTF8.GetBytes(prefix + frame)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[2")]
    [InlineData("connected [CP-1]")]
    [InlineData("[2026-11-23 10:00:00,123] started")]
    [InlineData("[17, main] started")]
    [InlineData("ocpp[2]: started")]
    [InlineData("[\"2\",\"1\"]")]
    [InlineData("2,\"1\",\"Heartbeat\",{}]")]
    public void Other_lines_hold_no_frame(string line) => Assert.Equal(-1, FrameStart.Find(Encoding.UTF8.GetBytes(line)));
}
