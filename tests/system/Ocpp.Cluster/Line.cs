using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Ocpp.Rpc;

namespace Ocpp.Cluster;

/// <summary>
/// A station's WebSocket, which it can leave open while it opens another one, as a station whose line is half dead:
/// the CSMS does not notice. Calls that still come over it are answered, so that it shows if the CSMS uses it.
/// </summary>
internal sealed class Line : WebSocket
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly WebSocket _socket;
    private readonly Action<string> _called;
    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _left = new();
    private byte[] _message = [];
    private int _read;

    private Line(WebSocket socket, int number, Slot slot, string? node, Action<string> called)
    {
        (_socket, Number, Slot, Node, _called) = (socket, number, slot, node, called);
        Receiving = ReceiveAsync();
    }

    /// <summary>Which connection of its station it is, from 1.</summary>
    public int Number { get; }

    public Slot Slot { get; }

    /// <summary>The name of the node that it leads to.</summary>
    public string? Node { get; }

    /// <summary>Ends when the connection has.</summary>
    public Task Receiving { get; }

    /// <summary>Whether the station has left it open.</summary>
    public bool IsLeft => _left.IsCancellationRequested;

    public override WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public override string? CloseStatusDescription => _socket.CloseStatusDescription;

    public override WebSocketState State => _left.IsCancellationRequested ? WebSocketState.Aborted : _socket.State;

    public override string? SubProtocol => _socket.SubProtocol;

    /// <param name="slot">The node.</param>
    /// <param name="identity">The identity of the station.</param>
    /// <param name="number">Which connection of the station it is.</param>
    /// <param name="called">Called with the id of each call that comes after the station has left.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Line> ConnectAsync(
        Slot slot,
        string identity,
        int number,
        Action<string> called,
        CancellationToken cancellationToken
    )
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.Proxy = null;
            socket.Options.AddSubProtocol("ocpp2.0.1");
            await socket.ConnectAsync(new Uri($"{slot.StationUrl}/{identity}"), cancellationToken);
            return new Line(socket, number, slot, slot.Name, called);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the connection open: for the station it is lost, for the CSMS it is not.</summary>
    public void Leave() => _left.Cancel();

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (_read == _message.Length)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_left.Token, cancellationToken);
            try
            {
                if (!await _messages.Reader.WaitToReadAsync(either.Token))
                {
                    return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);
                }
            }
            catch (OperationCanceledException) when (_left.IsCancellationRequested)
            {
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            }

            _messages.Reader.TryRead(out byte[]? message);
            (_message, _read) = (message!, 0);
        }

        int count = Math.Min(buffer.Length, _message.Length - _read);
        _message.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Text, _read == _message.Length);
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        ValueWebSocketReceiveResult result = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    ) => SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    ) =>
        _left.IsCancellationRequested
            ? throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely)
            : _socket.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) =>
        _left.IsCancellationRequested
            ? Task.CompletedTask
            : _socket.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort()
    {
        if (!_left.IsCancellationRequested)
        {
            _socket.Abort();
        }
    }

    public override void Dispose() => Abort();

    /// <summary>Receives into memory of its own: what the session reads into is not ours when it has ended.</summary>
    private async Task ReceiveAsync()
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.GetMemory(4096), default);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                buffer.Advance(part.Count);
                if (part.EndOfMessage)
                {
                    await TakeAsync(buffer.WrittenSpan.ToArray());
                    buffer.ResetWrittenCount();
                }
            }

            if (_left.IsCancellationRequested)
            {
                await _socket.CloseOutputAsync(_socket.CloseStatus!.Value, null, default).WaitAsync(s_longest);
            }
        }
        catch (Exception exception)
            when (exception
                    is WebSocketException
                        or ObjectDisposedException
                        or OperationCanceledException
                        or TimeoutException
            )
        {
            // It is lost, or aborted.
        }
        finally
        {
            _messages.Writer.TryComplete();
            if (_left.IsCancellationRequested)
            {
                _socket.Dispose();
            }
        }
    }

    private async ValueTask TakeAsync(byte[] message)
    {
        if (!_left.IsCancellationRequested)
        {
            _messages.Writer.TryWrite(message);
        }
        else if (AnswerTo(message) is { } answer)
        {
            await _socket.SendAsync(answer, WebSocketMessageType.Text, true, default);
        }
    }

    private byte[]? AnswerTo(byte[] message)
    {
        if (
            !OcppFrame.TryRead(message, out OcppFrame frame, out _)
            || frame.MessageType != OcppMessageType.Call
            || frame.Action != "DataTransfer"
        )
        {
            return null;
        }

        using var payload = JsonDocument.Parse(frame.Payload.ToArray());
        _called(payload.RootElement.GetProperty("data").GetString()!);
        return Encoding.UTF8.GetBytes($$"""[3,"{{frame.MessageId}}",{"status":"Accepted","data":{{Number}}}]""");
    }
}
