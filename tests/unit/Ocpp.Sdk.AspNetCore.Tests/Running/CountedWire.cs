using System.Net.Sockets;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>Connections of which every received byte is counted.</summary>
internal sealed class CountedWire : IDisposable
{
    private long _received;

    public CountedWire() =>
        Invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectCallback = async (context, cancellationToken) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                    return new Counted(this, socket);
                },
            }
        );

    public HttpMessageInvoker Invoker { get; }

    public long Received => Interlocked.Read(ref _received);

    public void Dispose() => Invoker.Dispose();

    private sealed class Counted(CountedWire wire, Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            int count = await base.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref wire._received, count);
            return count;
        }
    }
}
