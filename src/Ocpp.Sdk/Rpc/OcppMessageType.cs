namespace Ocpp.Rpc;

/// <summary>The message type number, the first element of a frame (OCPP 2.0.1 part 4, section 4.1.3).</summary>
public enum OcppMessageType
{
    /// <summary>A request.</summary>
    Call = 2,

    /// <summary>The response to a request.</summary>
    CallResult = 3,

    /// <summary>The error that answers a request.</summary>
    CallError = 4,

    /// <summary>The error that answers a response that can't be processed (OCPP 2.1 part 4).</summary>
    CallResultError = 5,

    /// <summary>A message that nothing answers (OCPP 2.1 part 4).</summary>
    Send = 6,
}
