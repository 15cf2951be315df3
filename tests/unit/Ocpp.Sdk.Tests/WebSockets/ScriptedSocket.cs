using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Ocpp.Rpc;

namespace Ocpp.Tests.WebSockets;

/// <summary>A WebSocket without a network: the test is the peer.</summary>
internal sealed class ScriptedSocket(string? subProtocol = "ocpp2.0.1") : WebSocket
{
    private readonly Channel<string?> _incoming = Channel.CreateUnbounded<string?>();
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private WebSocketState _state = WebSocketState.Open;

    public bool IsDisposed { get; private set; }

    /// <summary>Whether the close frame of the station is left unanswered.</summary>
    public bool IgnoresClose { get; init; }

    /// <summary>The close code that the station sent.</summary>
    public WebSocketCloseStatus? SentCloseStatus { get; private set; }

    public override WebSocketCloseStatus? CloseStatus =>
        _state is WebSocketState.CloseReceived or WebSocketState.Closed
            ? WebSocketCloseStatus.EndpointUnavailable
            : null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol { get; } = subProtocol;

    /// <summary>The line is cut.</summary>
    public void Cut() => _incoming.Writer.TryComplete();

    /// <summary>The CSMS closes, with 1001.</summary>
    public void SendClose() => _incoming.Writer.TryWrite(null);

    /// <summary>Takes the next frame that the station sends.</summary>
    public async Task<string> ReadAsync() =>
        await _sent.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Answers the next CALL, which has to be a Heartbeat.</summary>
    /// <returns>Its message id.</returns>
    public async Task<string> AnswerHeartbeatAsync(string currentTime = "2026-01-01T00:00:00Z")
    {
        string call = await ReadAsync();
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(call), out OcppFrame frame, out _));
        Assert.Equal("Heartbeat", frame.Action);
        string messageId = frame.MessageId;
        _incoming.Writer.TryWrite($$"""[3,"{{messageId}}",{"currentTime":"{{currentTime}}"}]""");
        return messageId;
    }

    public override void Abort()
    {
        _state = WebSocketState.Aborted;
        Cut();
    }

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    )
    {
        SentCloseStatus = closeStatus;
        _state = _state == WebSocketState.CloseReceived ? WebSocketState.Closed : WebSocketState.CloseSent;
        if (!IgnoresClose)
        {
            SendClose();
        }

        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        IsDisposed = true;
        Cut();
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (!await _incoming.Reader.WaitToReadAsync(cancellationToken))
        {
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }

        if (_incoming.Reader.TryRead(out string? frame) && frame is not null)
        {
            return new WebSocketReceiveResult(Encoding.UTF8.GetBytes(frame, buffer), WebSocketMessageType.Text, true);
        }

        _state = _state == WebSocketState.CloseSent ? WebSocketState.Closed : WebSocketState.CloseReceived;
        return new WebSocketReceiveResult(0, WebSocketMessageType.Close, true, CloseStatus, null);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    )
    {
        _sent.Writer.TryWrite(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }
}
