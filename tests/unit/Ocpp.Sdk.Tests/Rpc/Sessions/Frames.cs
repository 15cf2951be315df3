using Ocpp.V201;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Messages of a few bytes, and their frames.</summary>
internal static class Frames
{
    public const string HeartbeatResult = "{\"currentTime\":\"2026-01-31T12:00:00Z\"}";

    public static HeartbeatRequest Heartbeat { get; } = new();

    public static HeartbeatResponse HeartbeatAnswer { get; } =
        new() { CurrentTime = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero) };

    public static string Call(string messageId, string action = "Heartbeat", string payload = "{}") =>
        $"[2,\"{messageId}\",\"{action}\",{payload}]";

    public static string Result(string messageId, string payload = HeartbeatResult) => $"[3,\"{messageId}\",{payload}]";

    public static string Error(string messageId, string code, string description = "", string details = "{}") =>
        $"[4,\"{messageId}\",\"{code}\",\"{description}\",{details}]";
}
