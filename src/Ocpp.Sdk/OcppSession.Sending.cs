using System.Net.WebSockets;
using Ocpp.Json;
using Ocpp.Rpc;

namespace Ocpp;

// Frames to the peer: one at a time, as a WebSocket demands.
public sealed partial class OcppSession
{
    private readonly SemaphoreSlim _sending = new(1);

    /// <summary>Sends a frame, and gives its buffer back.</summary>
    /// <param name="call">The call whose frame it is; one that ends while other frames are sent is not sent any more.</param>
    /// <returns><see langword="false"/> when the connection is closing, or is lost: it is then aborted.</returns>
    private async Task<bool> SendFrameAsync(PooledBuffer frame, OcppMessageType type, PendingCall? call = null)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        bool isTaken = false;
        try
        {
            if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            {
                return false;
            }

            if (call is not null && !HasLine(call))
            {
                return true;
            }

            OcppLog.Frame(Options.Logger, _printableIdentity, "sent", type, frame.WrittenMemory.Length);
            Tap(isSent: true, frame.WrittenMemory.Span);
            ValueTask sending = _socket.SendAsync(
                frame.WrittenMemory, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
            if (sending.IsCompletedSuccessfully)
            {
                sending.GetAwaiter().GetResult();
            }
            else
            {
                isTaken = true;
                await Observed(sending.AsTask()).WaitAsync(Options.SendTimeout, Options.TimeProvider).ConfigureAwait(false);
                isTaken = false;
            }

            return true;
        }
        catch (Exception exception) when (IsLoss(exception) || exception is TimeoutException or InvalidOperationException)
        {
            string description = exception is TimeoutException ? "The peer does not receive." : "";
            Abort(new OcppCloseReason(OcppCloseKind.Lost, null, description) { Exception = exception });
            return false;
        }
        finally
        {
            // A socket that did not end to send may still read the buffer, which must not serve another connection then.
            if (!isTaken)
            {
                frame.Dispose();
            }

            _sending.Release();
        }
    }

    /// <summary>Sends the close frame, unless one was sent or the connection is gone.</summary>
    private async Task SendCloseAsync(WebSocketCloseStatus status, string description)
    {
        using var limit = new CancellationTokenSource(Options.CloseTimeout, Options.TimeProvider);
        try
        {
            await _sending.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The peer does not take what is being sent: it would not take a close frame either.
            return;
        }

        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await Observed(_socket.CloseOutputAsync(status, description, CancellationToken.None))
                    .WaitAsync(Options.CloseTimeout, Options.TimeProvider).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsLoss(exception) || exception is TimeoutException or InvalidOperationException)
        {
            Abort(new OcppCloseReason(OcppCloseKind.Lost) { Exception = exception });
        }
        finally
        {
            _sending.Release();
        }
    }

    private void Tap(bool isSent, ReadOnlySpan<byte> frame)
    {
        try
        {
            Options.FrameTap?.Invoke(this, isSent, frame);
        }
#pragma warning disable CA1031 // What the application's call-back throws must not end the connection; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppLog.CallBackFailed(Options.Logger, exception, _printableIdentity);
        }
    }
}
