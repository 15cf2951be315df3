using Ocpp;
using Ocpp.Rpc;

namespace Station;

/// <summary>Frames as text for the console, without the tokens and certificates in them.</summary>
public static class FrameText
{
    /// <summary>Prints a frame that the station sends or receives.</summary>
    public static void Print(OcppSession session, bool isSent, ReadOnlySpan<byte> frame) =>
        Print(session.Protocol, isSent, frame);

    /// <summary>Prints a frame of a protocol.</summary>
    public static void Print(OcppProtocol protocol, bool isSent, ReadOnlySpan<byte> frame) =>
        Console.WriteLine(
            $"  {(isSent ? "station --> CSMS" : "CSMS --> station")}  {OcppWireLog.Redact(frame, protocol)}"
        );
}
