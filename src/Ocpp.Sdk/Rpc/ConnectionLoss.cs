using System.Net.WebSockets;

namespace Ocpp.Rpc;

/// <summary>Exceptions by which a socket shows that its connection is gone.</summary>
internal static class ConnectionLoss
{
    public static bool IsOne(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException;
}
