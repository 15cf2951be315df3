namespace Ocpp.Testing;

/// <summary>What becomes of a frame on its way through an <see cref="OcppPair"/>.</summary>
public readonly record struct OcppFault
{
    private OcppFault(OcppFaultKind kind) => Kind = kind;

    /// <summary>It arrives at once, as it is.</summary>
    public static OcppFault None => default;

    /// <summary>It is lost; the connection stays.</summary>
    public static OcppFault Drop { get; } = new(OcppFaultKind.Drop);

    /// <summary>It is lost, and the connection with it: neither side sees a close frame.</summary>
    public static OcppFault Cut { get; } = new(OcppFaultKind.Cut);

    internal OcppFaultKind Kind { get; }

    internal TimeSpan Time { get; private init; }

    internal ReadOnlyMemory<byte> Bytes { get; private init; }

    /// <summary>
    /// It arrives when the pair's clock has moved on so far. Its sender does not wait; what it sends afterwards arrives
    /// afterwards, as a WebSocket never changes the order.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public static OcppFault Delay(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return new OcppFault(OcppFaultKind.Delay) { Time = time };
    }

    /// <summary>Something else arrives in its place, in a text message.</summary>
    public static OcppFault Replace(ReadOnlyMemory<byte> bytes) => new(OcppFaultKind.Replace) { Bytes = bytes };
}
