using Ocpp.EveryMessage;
using Ocpp.Rpc;

namespace Ocpp.Fuzz.Trials;

/// <summary>
/// What is put to the test: the SDK's reading and writing. The self-check puts readers with a fault in its place.
/// </summary>
internal class Reader
{
    public virtual bool TryReadFrame(ReadOnlySpan<byte> message, out OcppFrame frame, out OcppFrameError error) =>
        OcppFrame.TryRead(message, out frame, out error);

    public virtual bool TryParse(
        PayloadType type,
        ReadOnlySpan<byte> payload,
        out object? value,
        out OcppViolation violation
    ) => type.TryParse(payload, out value, out violation);

    public virtual IReadOnlyList<OcppViolation> Check(PayloadType type, ReadOnlySpan<byte> payload) =>
        type.Check(payload);

    public virtual byte[] Write(PayloadType type, object value) => type.ToUtf8Bytes(value);
}
