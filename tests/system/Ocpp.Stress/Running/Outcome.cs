namespace Ocpp.Stress.Running;

/// <summary>How a call ended.</summary>
internal enum Outcome
{
    Answered,
    Error,
    InvalidAnswer,
    TimedOut,
    Cancelled,
    CancelledBefore,
    Closed,
    QueueFull,
}
