using Ocpp.Json;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>What a part has in place of its session. What a test does not expect fails it.</summary>
internal sealed class SessionOfParts : ISessionOfParts
{
    public Action<PooledBuffer, PendingCall> Sent { get; init; } = (_, _) => Assert.Fail("A call is sent.");

    public Action Idle { get; init; } = () => Assert.Fail("Nothing is outstanding.");

    public Action<OcppMessageType, ReadOnlyMemory<byte>> Sending { get; init; } =
        (_, _) => Assert.Fail("A frame is sent.");

    public Action<OcppCloseReason> Dropped { get; init; } = _ => Assert.Fail("The connection is dropped.");

    public Action SlowMessage { get; init; } = () => Assert.Fail("A message is refused.");

    public void Send(PooledBuffer frame, PendingCall call) => Sent(frame, call);

    public void CheckIdle() => Idle();

    public void OnSending(OcppMessageType type, ReadOnlyMemory<byte> frame) => Sending(type, frame);

    public void Drop(OcppCloseReason reason) => Dropped(reason);

    public void RefuseSlowMessage() => SlowMessage();
}
