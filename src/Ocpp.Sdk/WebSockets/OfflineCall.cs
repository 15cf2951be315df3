namespace Ocpp.WebSockets;

/// <summary>
/// A call that waits for a connection. It ends with the call on the connection, which may still be under way.
/// </summary>
/// <param name="begin">Makes the call.</param>
internal sealed class OfflineCall(Func<OcppSession, Task> begin)
    : TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Makes the call. It is in the session's queue when this returns: calls keep their order.</summary>
    public void Begin(OcppSession session) => SetResult(begin(session));
}
