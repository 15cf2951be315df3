using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>
/// What the parts of a session ask of it: one object for all of them, in place of a delegate for each.
/// </summary>
internal interface ISessionOfParts
{
    /// <summary>Sends the frame of a call that has the slot. Called outside of the lock.</summary>
    void Send(PooledBuffer frame, PendingCall call);

    /// <summary>
    /// Called under the lock when the call slot has become free and no call waits, and when no request runs or waits
    /// any more.
    /// </summary>
    void CheckIdle();

    /// <summary>Called before each frame, in the order in which they are sent.</summary>
    void OnSending(OcppMessageType type, ReadOnlyMemory<byte> frame);

    /// <summary>
    /// Drops the connection, which is of no use any more: a frame could not be sent. The reason counts if there is none
    /// yet.
    /// </summary>
    void Drop(OcppCloseReason reason);

    /// <summary>
    /// Called, on a thread of the clock, when the rest of a message that has begun was waited for too long.
    /// </summary>
    void RefuseSlowMessage();
}
