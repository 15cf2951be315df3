using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>A session of a CSMS, and the raw WebSocket of a station that the test plays.</summary>
internal sealed class Line : IAsyncDisposable
{
    /// <summary>Ends a test that would wait for ever.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Channel<OcppReport> _reports = Channel.CreateUnbounded<OcppReport>();
    private readonly WebSocketPair _pair;

    private Line(
        Action<OcppHandlers>? handle,
        Func<OcppSessionOptions, OcppSessionOptions>? configure,
        OcppProtocol protocol,
        int capacity
    )
    {
        var handlers = new OcppHandlers(protocol);
        handle?.Invoke(handlers);
        var options = new OcppSessionOptions
        {
            TimeProvider = Clock,
            Reported = (_, report) => _reports.Writer.TryWrite(report),
        };
        _pair = WebSocketPair.Create(protocol.Subprotocol, capacity);
        Session = new OcppSession(_pair.Server, handlers, "station-1", configure?.Invoke(options) ?? options);
    }

    public OcppTestClock Clock { get; } = new();

    public OcppSession Session { get; }

    public WebSocket Peer => _pair.Client;

    /// <summary>Below the peer's WebSocket.</summary>
    public Stream PeerStream => _pair.ClientStream;

    public static Line Open(
        Action<OcppHandlers>? handle = null,
        Func<OcppSessionOptions, OcppSessionOptions>? configure = null,
        OcppProtocol? protocol = null,
        int capacity = WebSocketPair.DefaultCapacity
    )
    {
        var line = new Line(handle, configure, protocol ?? Ocpp201Protocol.Instance, capacity);
        _ = line.Session.RunAsync();
        return line;
    }

    public Task SendAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message));

    public async Task SendAsync(
        ReadOnlyMemory<byte> bytes,
        WebSocketMessageType type = WebSocketMessageType.Text,
        bool isEnd = true
    ) => await Peer.SendAsync(bytes, type, isEnd, CancellationToken.None).AsTask().WaitAsync(s_patience);

    /// <summary>The next message, or the code and the words of the close frame, which is then answered.</summary>
    public async Task<string> ReceiveAsync()
    {
        byte[] buffer = new byte[128 * 1024];
        int count = 0;
        while (true)
        {
            ValueWebSocketReceiveResult received = await Peer.ReceiveAsync(
                    buffer.AsMemory(count),
                    CancellationToken.None
                )
                .AsTask()
                .WaitAsync(s_patience);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                string close = $"close {(int)Peer.CloseStatus!}: {Peer.CloseStatusDescription}";
                await AnswerCloseAsync();
                return close;
            }

            count += received.Count;
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, count);
            }
        }
    }

    private async Task AnswerCloseAsync()
    {
        try
        {
            if (Peer.State == WebSocketState.CloseReceived)
            {
                await Peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None)
                    .WaitAsync(s_patience);
            }
        }
        catch (WebSocketException)
        {
            // A session that was told nonsense does not wait for the answer.
        }
    }

    /// <summary>The close frame, after whatever came before it; the session has then ended.</summary>
    public async Task<string> ReceiveCloseAsync()
    {
        string message;
        do
        {
            message = await ReceiveAsync();
        } while (!message.StartsWith("close ", StringComparison.Ordinal));
        await CompletionAsync();
        return message;
    }

    /// <summary>Receives a CALL, and gives its message id.</summary>
    public async Task<string> ReceiveIdAsync(string action)
    {
        FrameSnapshot? frame = FrameSnapshot.Read(await ReceiveAsync(), out _);
        Assert.Equal((OcppMessageType.Call, action), (frame?.MessageType, frame?.Action));
        return frame!.MessageId;
    }

    /// <summary>The next report.</summary>
    public Task<OcppReport> ReportAsync() => _reports.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    public bool HasReport() => _reports.Reader.TryPeek(out _);

    public void Cut() => _pair.Cut();

    public Task<OcppCloseReason> CompletionAsync() => Session.Completion.WaitAsync(s_patience);

    /// <summary>Handlers that a test has left behind hold a session for a time only, by its clock.</summary>
    public async ValueTask DisposeAsync()
    {
        Task disposing = Session.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
        {
            Clock.Advance(Session.Options.CloseTimeout);
            await Task.Yield();
        }

        await disposing;
    }
}
