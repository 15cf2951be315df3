using System.Threading.Channels;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>What a handler registers to be done when its request is completed.</summary>
public sealed class OnCompletedTests
{
    private static readonly OcppCallErrorException s_refusal = new(OcppErrorCode.SecurityError);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_after_the_answer_follows_it_on_the_wire(bool fails)
    {
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (request, context) =>
                {
                    context.OnCompleted(() => context.Session.CallAsync(new ClearCacheRequest()));
                    return fails ? throw s_refusal : HeartbeatAnswer;
                }
            )
        );
        await line.SendAsync(Call("1"));
        Assert.Equal(fails ? Error("1", "SecurityError") : Result("1"), await line.ReceiveAsync());
        await line.ReceiveIdAsync("ClearCache");
    }

    [Fact]
    public async Task Each_of_several_requests_has_its_own()
    {
        var answered = Channel.CreateUnbounded<string>();
        await using var line = Line.Open(handlers =>
            handlers.On<DataTransferRequest, DataTransferResponse>(
                (request, context) =>
                {
                    context.OnCompleted(() => answered.Writer.TryWrite(request.VendorId));
                    context.OnCompleted(() => answered.Writer.TryWrite(request.VendorId + " again"));
                    return new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted };
                }
            )
        );
        foreach (string vendor in new[] { "a", "b" })
        {
            await line.SendAsync(Call(vendor, "DataTransfer", $"{{\"vendorId\":\"{vendor}\"}}"));
            await line.ReceiveAsync();
            Assert.Equal(vendor, await answered.Reader.ReadAsync());
            Assert.Equal(vendor + " again", await answered.Reader.ReadAsync());
        }
    }

    [Fact]
    public async Task When_the_connection_is_lost_before_the_answer_it_is_done_all_the_same()
    {
        var begun = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                async (_, context) =>
                {
                    context.OnCompleted(done.SetResult);
                    begun.SetResult();
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                    return HeartbeatAnswer;
                }
            )
        );
        await line.SendAsync(Call("1"));
        await begun.Task;
        line.Cut();
        await done.Task;
    }

    [Fact]
    public async Task After_the_end_of_its_request_it_is_done_at_once()
    {
        OcppRequestContext? handled = null;
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (_, context) =>
                {
                    handled = context;
                    return HeartbeatAnswer;
                }
            )
        );
        await line.SendAsync(Call("1"));
        await line.ReceiveAsync();
        line.Cut();
        await line.CompletionAsync();
        bool isDone = false;
        handled!.OnCompleted(() => isDone = true);
        Assert.True(isDone);
    }

    [Fact]
    public async Task What_it_throws_does_not_keep_the_next_request_from_being_handled()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (request, context) =>
                {
                    context.OnCompleted(() => throw new InvalidOperationException());
                    return HeartbeatAnswer;
                }
            )
        );
        foreach (string id in new[] { "1", "2" })
        {
            await line.SendAsync(Call(id));
            Assert.Equal(Result(id), await line.ReceiveAsync());
        }
    }

    [Fact]
    public async Task What_one_throws_does_not_keep_the_others_from_being_done()
    {
        var done = new TaskCompletionSource();
        await using var line = Line.Open(handlers =>
            handlers.On(
                (HeartbeatRequest _, OcppRequestContext context) =>
                {
                    context.OnCompleted((Action)(() => throw new InvalidOperationException()));
                    context.OnCompleted(async () =>
                    {
                        await Task.Yield();
                        throw new InvalidOperationException();
                    });
                    context.OnCompleted(done.SetResult);
                    Assert.Throws<ArgumentNullException>("action", () => context.OnCompleted((Action)null!));
                    Assert.Throws<ArgumentNullException>("action", () => context.OnCompleted((Func<Task>)null!));
                    return HeartbeatAnswer;
                }
            )
        );

        await line.SendAsync(Call("1"));

        Assert.Equal(Result("1"), await line.ReceiveAsync());
        await done.Task;
    }
}
