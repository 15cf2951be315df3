namespace Ocpp.Tool.Checking;

/// <summary>What decided on the version of OCPP that a frame was checked against.</summary>
internal enum ProtocolSource
{
    /// <summary>Nothing: it is the default.</summary>
    Default,

    /// <summary>A line above the frame, which names the WebSocket subprotocol that was agreed on.</summary>
    Log,

    /// <summary>The command line.</summary>
    Option,
}
