using System.Threading.Channels;

namespace CertificateSigning;

/// <summary>
/// One end of a connection that carries whole messages both ways. It stays in this process; a WebSocket, which carries
/// whole messages too, can take its place without a change to either side.
/// </summary>
internal sealed class WireEnd
{
    private readonly ChannelWriter<ReadOnlyMemory<byte>> _outgoing;
    private readonly ChannelReader<ReadOnlyMemory<byte>> _incoming;
    private readonly string _direction;

    private WireEnd(Channel<ReadOnlyMemory<byte>> outgoing, Channel<ReadOnlyMemory<byte>> incoming, string direction)
    {
        _outgoing = outgoing.Writer;
        _incoming = incoming.Reader;
        _direction = direction;
    }

    /// <summary>Connects a charging station with a CSMS.</summary>
    public static (WireEnd Station, WireEnd Csms) Connect()
    {
        var up = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        var down = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        return (new WireEnd(up, down, "station --> CSMS"), new WireEnd(down, up, "CSMS --> station"));
    }

    /// <summary>Sends a message, and prints it.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        Console.WriteLine($"  {_direction}  {FrameText.Shorten(message.Span)}");
        return _outgoing.WriteAsync(message);
    }

    /// <summary>Waits for the next message.</summary>
    /// <returns><see langword="null"/> when the other end has closed the connection.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        // Not `? message : null`: that null would become an empty message.
        if (await _incoming.WaitToReadAsync() && _incoming.TryRead(out ReadOnlyMemory<byte> message))
        {
            return message;
        }

        return null;
    }

    /// <summary>Tells the other end that nothing more comes.</summary>
    public void Close() => _outgoing.TryComplete();
}
