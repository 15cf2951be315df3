namespace Ocpp.Orleans.Messages;

/// <summary>How a call ended. The numbers go between nodes: they must not change.</summary>
internal enum CallOutcomeKind
{
    Response = 0,
    NotConnected = 1,
    CallError = 2,
    InvalidResponse = 3,
    TimedOut = 4,
    Closed = 5,
    InvalidRequest = 6,
    QueueFull = 7,
    OtherVersion = 8,
    UnknownAction = 9,
    Canceled = 10,
    Failed = 11,
}
