using System.Buffers;

namespace Ocpp.EveryMessage;

internal sealed class PayloadType<T> : PayloadType
    where T : class, IOcppPayload<T>
{
    public override Type Type => typeof(T);

    public override bool TryParse(
        ReadOnlySpan<byte> utf8Json,
        out object? value,
        out OcppViolation violation,
        OcppReadOptions? options = null
    )
    {
        bool isValid = OcppJson.TryParse(utf8Json, out T? record, out violation, options);
        value = record;
        return isValid;
    }

    public override IReadOnlyList<OcppViolation> Check(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null) =>
        OcppJson.Check<T>(utf8Json, options);

    public override void Write(IBufferWriter<byte> output, object value) => OcppJson.Write(output, (T)value);

    public override byte[] ToUtf8Bytes(object value) => OcppJson.ToUtf8Bytes((T)value);

    public override IReadOnlyList<OcppViolation> Validate(object value) => ((T)value).Validate();
}
