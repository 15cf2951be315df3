using Microsoft.Extensions.Logging;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc;

/// <summary>How callbacks of the application are called.</summary>
public sealed class CallbacksTests : IDisposable
{
    private readonly TestLog _log = new();

    private Callbacks Callbacks => new(_log, "CS-1");

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_callback_that_is_not_set_is_not_called()
    {
        Callbacks.Invoke(null);
        Callbacks.Invoke<int>(null, 1);
        Callbacks.Invoke<int, int>(null, 1, 2);
        Callbacks.Invoke((OcppFrameTap?)null, null!, isSent: true, []);

        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void All_delegates_of_a_callback_are_called_in_order_and_what_one_throws_is_logged()
    {
        var called = new List<string>();
        var failure = new InvalidOperationException();
        Action<string, int> callback = (name, number) => called.Add($"first {name} {number}");
        callback += (_, _) => throw failure;
        callback += (name, number) => called.Add($"last {name} {number}");

        Callbacks.Invoke(callback, "a", 1);

        Assert.Equal(["first a 1", "last a 1"], called);
        Assert.Equal(
            [new LogLine("", 5, LogLevel.Error, "CS-1: a callback of the application threw an exception", failure)],
            _log.Lines
        );
    }

    [Fact]
    public async Task What_an_asynchronous_callback_throws_at_once_or_later_is_logged()
    {
        var atOnce = new InvalidOperationException();
        var later = new InvalidOperationException();

        await Callbacks.InvokeAsync(() => throw atOnce);
        await Callbacks.InvokeAsync(async () =>
        {
            await Task.Yield();
            throw later;
        });

        Assert.Equal([atOnce, later], _log.Lines.Select(entry => entry.Exception));
    }

    [Fact]
    public void What_a_frame_tap_throws_is_logged()
    {
        var failure = new InvalidOperationException();

        Callbacks.Invoke((OcppFrameTap)((_, _, _) => throw failure), null!, isSent: true, []);

        Assert.Equal([failure], _log.Lines.Select(entry => entry.Exception));
    }

    [Fact]
    public void Each_frame_tap_gets_the_frame_whatever_another_throws()
    {
        var failure = new InvalidOperationException();
        var passed = new List<int>();
        OcppFrameTap taps = (_, _, _) => throw failure;
        taps += (_, _, frame) => passed.Add(frame.Length);

        Callbacks.Invoke(taps, null!, isSent: true, [1, 2, 3]);

        Assert.Equal([3], passed);
        Assert.Equal([failure], _log.Lines.Select(entry => entry.Exception));
    }
}
