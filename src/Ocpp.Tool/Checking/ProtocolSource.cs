namespace Ocpp.Tool.Checking;

/// <summary>What decided on the version of OCPP that a frame was checked against.</summary>
internal enum ProtocolSource
{
    /// <summary>Nothing: the frame, and those above it, fit several versions.</summary>
    Default,

    /// <summary>The frame, or one above it: it fits no other version.</summary>
    Frames,

    /// <summary>A line above the frame, which names the WebSocket subprotocol that was agreed on.</summary>
    Log,

    /// <summary>The command line.</summary>
    Option,
}
