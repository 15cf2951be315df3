using Ocpp.Tool.Checking;
using Ocpp.V201;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

public sealed class ProgressTests
{
    [Fact]
    public void A_line_is_written_over_a_few_times_a_second_and_cleared()
    {
        using var terminal = new StringWriter();
        var clock = new Clock();
        var progress = new Progress(terminal, clock);
        var summary = new Summary();
        summary.Of(Ocpp201Protocol.Instance.Actions[0]).Add(isValid: true);

        progress.Clear();
        progress.Show("a.log", 1_000_000, 4_000_000, summary);
        Assert.Equal("", Written());

        clock.Advance(TimeSpan.FromMilliseconds(500));
        progress.Show("a.log", 1_000_000, 4_000_000, summary);
        progress.Show("a.log", 2_000_000, 4_000_000, summary);
        Assert.Equal("\ra.log: 25 % of 4 MB, 1 frames, 2 frames/s", Written());

        clock.Advance(TimeSpan.FromMilliseconds(500));
        progress.Show("-", 3_000_000, length: null, summary);
        Assert.Equal("\r-: 3 MB, 1 frames, 1 frames/s            ", Written());

        progress.Clear();
        progress.Clear();
        Assert.Equal($"\r{new string(' ', "-: 3 MB, 1 frames, 1 frames/s".Length)}\r", Written());

        string Written()
        {
            string text = terminal.ToString();
            terminal.GetStringBuilder().Clear();
            return text;
        }
    }

    [Fact]
    public void Without_a_terminal_nothing_is_written()
    {
        var clock = new Clock();
        var progress = new Progress(terminal: null, clock);
        clock.Advance(TimeSpan.FromHours(1));
        progress.Show("a.log", 1, 2, new Summary());
        progress.Clear();
    }

    private sealed class Clock : TimeProvider
    {
        private long _timestamp;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _timestamp += time.Ticks;

        public override long GetTimestamp() => _timestamp;
    }
}
