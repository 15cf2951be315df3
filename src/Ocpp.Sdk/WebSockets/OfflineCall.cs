namespace Ocpp.WebSockets;

/// <summary>
/// A call that waits for a connection. It ends with the call on the connection, which may still be under way.
/// </summary>
/// <param name="begin">Makes the call.</param>
internal sealed class OfflineCall(Func<OcppSession, Task> begin)
    : TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Makes the call. It is in the session's queue when this returns: calls keep their order.</summary>
    public void Begin(OcppSession session)
    {
        try
        {
            SetResult(begin(session));
        }
        // What the call throws at once, such as for an action of another version, is its caller's.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SetException(exception);
        }
    }
}
