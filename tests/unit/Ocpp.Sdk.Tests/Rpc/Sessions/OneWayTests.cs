using Ocpp.Rpc;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Messages that nothing answers.</summary>
public sealed class OneWayTests
{
    private readonly System.Threading.Channels.Channel<Notice> _received =
        System.Threading.Channels.Channel.CreateUnbounded<Notice>();

    [Fact]
    public async Task Messages_that_go_one_way_are_sent_without_waiting()
    {
        await using var line = Line.Open(protocol: new NoticeProtocol());
        await line.Session.SendAsync(new Notice { Text = "a" });
        await line.Session.SendAsync(new Notice { Text = "b" });
        Assert.Equal("{\"text\":\"a\"}", FrameSnapshot.Read(await line.ReceiveAsync(), out _)!.Payload);
        FrameSnapshot second = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
        Assert.Equal(
            (OcppMessageType.Send, "Notice", "{\"text\":\"b\"}"),
            (second.MessageType, second.Action, second.Payload)
        );
    }

    [Fact]
    public async Task A_message_that_goes_one_way_is_handled_and_not_answered()
    {
        await using var line = Open(
            (notice, context) => _received.Writer.WriteAsync(notice, context.CancellationToken).AsTask()
        );
        await line.SendAsync("[6,\"1\",\"Notice\",{\"text\":\"a\"}]");
        await line.SendAsync("[6,\"1\",\"Notice\",{\"text\":\"b\"}]");
        Assert.Equal(new Notice { Text = "a" }, await _received.Reader.ReadAsync());
        Assert.Equal(new Notice { Text = "b" }, await _received.Reader.ReadAsync());
        Assert.False(line.HasReport());
        await AssertNothingWasAnsweredAsync(line);
    }

    [Theory]
    [InlineData("[6,\"1\",\"Notice\",{}]", OcppReportKind.InvalidRequest)]
    [InlineData("[6,\"1\",\"Nonsense\",{}]", OcppReportKind.UnsupportedAction)]
    [InlineData("[6,\"1\",\"Notice\"]", OcppReportKind.InvalidFrame)]
    [InlineData("[6,1,\"Notice\",{}]", OcppReportKind.InvalidFrame)]
    public async Task A_bad_message_that_goes_one_way_is_reported_and_not_answered(string message, OcppReportKind kind)
    {
        await using var line = Open((_, _) => Task.CompletedTask);
        await line.SendAsync(message);
        Assert.Equal(kind, (await line.ReportAsync()).Kind);
        await AssertNothingWasAnsweredAsync(line);
    }

    [Fact]
    public async Task What_the_handler_of_a_message_that_goes_one_way_throws_is_reported_and_not_answered()
    {
        await using var line = Open((_, _) => throw new OcppCallErrorException(OcppErrorCode.SecurityError));
        await line.SendAsync("[6,\"1\",\"Notice\",{\"text\":\"a\"}]");
        OcppReport report = await line.ReportAsync();
        Assert.Equal((OcppReportKind.HandlerFailed, "1", "Notice"), (report.Kind, report.MessageId, report.Action));
        Assert.IsType<OcppCallErrorException>(report.Exception);
        await AssertNothingWasAnsweredAsync(line);
    }

    [Fact]
    public async Task A_handler_of_a_message_that_goes_one_way_has_its_time_too()
    {
        await using var line = Open((_, _) => new TaskCompletionSource().Task);
        await line.SendAsync("[6,\"1\",\"Notice\",{\"text\":\"a\"}]");
        await line.Clock.WhenArmedAsync(1);
        line.Clock.Advance(OcppSessionOptions.Default.HandlerTimeout);
        Assert.Equal(new OcppReport(OcppReportKind.HandlerTimedOut, "1", "Notice"), await line.ReportAsync());
        await AssertNothingWasAnsweredAsync(line);
    }

    [Fact]
    public async Task A_CALL_of_an_action_that_goes_one_way_is_answered_with_NotImplemented()
    {
        await using var line = Open((_, _) => Task.CompletedTask);
        await line.SendAsync(Call("1", "Notice", "{\"text\":\"a\"}"));
        Assert.StartsWith("[4,\"1\",\"NotImplemented\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_breaks_its_rules_or_is_of_another_protocol_is_not_sent()
    {
        await using var line = Line.Open(protocol: new NoticeProtocol());
        await Assert.ThrowsAsync<OcppValidationException>(() =>
            line.Session.SendAsync(new Notice { Text = "too long" })
        );
        await using var other = Line.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.Session.SendAsync(new Notice { Text = "a" }));
        await AssertNothingWasAnsweredAsync(line);
    }

    [Fact]
    public async Task A_message_is_not_sent_after_the_end()
    {
        await using var line = Line.Open(protocol: new NoticeProtocol());
        line.Cut();
        await line.CompletionAsync();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            line.Session.SendAsync(new Notice { Text = "a" })
        );
    }

    private static Line Open(Func<Notice, OcppRequestContext, Task> handler) =>
        Line.Open(handlers => handlers.On(handler), protocol: new NoticeProtocol());

    /// <summary>The next thing that the peer receives is the answer to a CALL.</summary>
    private static async Task AssertNothingWasAnsweredAsync(Line line)
    {
        await line.SendAsync(Call("next", "Nonsense"));
        Assert.StartsWith("[4,\"next\",\"NotImplemented\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }
}
