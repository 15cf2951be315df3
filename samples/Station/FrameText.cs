using Ocpp.Rpc;
using Ocpp.V201;

namespace Station;

/// <summary>Frames as text for the console, without the tokens and certificates in them.</summary>
public static class FrameText
{
    /// <summary>Prints a frame that the station sends or receives.</summary>
    public static void Print(bool isSent, ReadOnlySpan<byte> frame) =>
        Console.WriteLine(
            $"  {(isSent ? "station --> CSMS" : "CSMS --> station")}  {OcppWireLog.Redact(frame, Ocpp201Protocol.Instance)}"
        );
}
