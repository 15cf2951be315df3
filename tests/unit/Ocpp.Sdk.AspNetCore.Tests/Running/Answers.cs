using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>Requests and responses that tests use.</summary>
internal static class Answers
{
    public static HeartbeatResponse Heartbeat { get; } =
        new() { CurrentTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };

    public static ResetRequest Reset { get; } = new() { Type = ResetEnumType.Immediate };

    public static ResetResponse ResetAccepted { get; } = new() { Status = ResetStatusEnumType.Accepted };

    public static IOcppHandlers OnHeartbeat(this IOcppHandlers csms) => csms.On((HeartbeatRequest _) => Heartbeat);
}
