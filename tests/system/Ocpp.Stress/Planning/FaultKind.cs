namespace Ocpp.Stress.Planning;

/// <summary>What becomes of a frame on its way.</summary>
internal enum FaultKind
{
    None,
    Drop,
    Delay,

    /// <summary>Something arrives in its place that is no frame, or none that the receiver waits for.</summary>
    Garbage,

    /// <summary>An earlier frame of the same sender arrives once more, in its place.</summary>
    Repeat,

    Cut,
}
