using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>Frames to the peer: one at a time, as a WebSocket demands, and each within a time.</summary>
/// <param name="output">Where the frames go.</param>
/// <param name="options">The time-outs and the clock.</param>
/// <param name="session">Is notified of each frame, and when one could not be sent.</param>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Senders may still wait for the lock when the session ends; without its wait handle it "
        + "holds nothing."
)]
internal sealed class FrameSender(IFrameOutput output, OcppSessionOptions options, ISessionOfParts session)
{
    /// <summary>Held while a frame is sent.</summary>
    private readonly SemaphoreSlim _lock = new(1);

    /// <summary>Sends a frame, and gives its buffer back.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="type">Its type.</param>
    /// <param name="call">
    /// The call whose frame it is; one that ends while other frames are sent is not sent any more.
    /// </param>
    /// <returns><see langword="false"/> if the connection is closing or lost.</returns>
    public async Task<bool> SendAsync(PooledBuffer frame, OcppMessageType type, PendingCall? call = null)
    {
        await _lock.WaitAsync().ConfigureAwait(false);
        bool isTaken = false;
        try
        {
            if (!output.IsOpen)
            {
                return false;
            }

            if (call is { HasSlot: false })
            {
                return true;
            }

            session.OnSending(type, frame.WrittenMemory);
            ValueTask sent = output.SendAsync(frame.WrittenMemory);
            if (sent.IsCompletedSuccessfully)
            {
                sent.GetAwaiter().GetResult();
            }
            else
            {
                isTaken = true;
                await sent.AsTask()
                    .Observed()
                    .WaitAsync(options.SendTimeout, options.TimeProvider)
                    .ConfigureAwait(false);
                isTaken = false;
            }

            return true;
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            string description = exception is TimeoutException ? "Sending timed out." : "";
            session.Drop(new OcppCloseReason(OcppCloseKind.Lost, null, description) { Exception = exception });
            return false;
        }
        finally
        {
            // A send that has not ended may still read the buffer, which must not serve another connection then.
            if (!isTaken)
            {
                frame.Dispose();
            }

            _lock.Release();
        }
    }

    /// <summary>Sends the close frame, unless one was sent or the connection is gone.</summary>
    public async Task SendCloseAsync(WebSocketCloseStatus status, string description)
    {
        using var limit = new CancellationTokenSource(options.CloseTimeout, options.TimeProvider);
        try
        {
            await _lock.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The peer does not take what is being sent: it would not take a close frame either.
            return;
        }

        try
        {
            if (output.IsOpen)
            {
                await output
                    .CloseAsync(status, description)
                    .Observed()
                    .WaitAsync(options.CloseTimeout, options.TimeProvider)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            session.Drop(new OcppCloseReason(OcppCloseKind.Lost) { Exception = exception });
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <summary>
    /// Whether a frame could not be sent; a WebSocket that was closed meanwhile says so as an invalid operation.
    /// </summary>
    private static bool IsFailure(Exception exception) =>
        ConnectionLoss.IsOne(exception) || exception is TimeoutException or InvalidOperationException;
}
