using Ocpp.Tool.Checking;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

public sealed class InterruptionTests
{
    [Fact]
    public async Task An_interrupted_check_reports_what_it_found_so_far()
    {
        using var interruption = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var run = new CheckRun(
            new CheckSettings(CheckedProtocol.All[0], OcppReadOptions.Strict, MaxViolations: 100),
            () => new InterruptedStream("[2,\"1\",\"Heartbeat\",{\"x\":1}]\n[2,\"2\""u8.ToArray(), interruption),
            output,
            error,
            new Progress(terminal: null, TimeProvider.System)
        );

        Assert.Equal(130, await run.RunAsync(["-", "-"], interruption.Token));
        Assert.Equal(
            """
            -:1: Heartbeat request "1": ProtocolError: /x: unknown property. [UnknownProperty]
                           frames       valid     invalid
            Heartbeat           1           0           1
            total               1           0           1
            protocol: ocpp2.0.1 by default (1 frame)
            violations: 1; skipped lines: 0
            interrupted: the rest was not checked

            """,
            output.ToString()
        );
        Assert.Equal("", error.ToString());
    }

    /// <summary>Gives its bytes, and then nothing more: the user presses Ctrl-C while it is waited for.</summary>
    private sealed class InterruptedStream(byte[] bytes, CancellationTokenSource interruption) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            int count = Read(buffer.Span);
            if (count == 0)
            {
                await interruption.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
            }

            return count;
        }
    }
}
