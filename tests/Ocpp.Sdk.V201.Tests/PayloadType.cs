using System.Buffers;

namespace Ocpp.V201.Tests;

/// <summary><see cref="OcppJson"/> for a type that is known only at run time, found through the protocol's actions.</summary>
internal abstract class PayloadType
{
    private static readonly Dictionary<string, PayloadType> s_types = Ocpp201Protocol.Instance.Actions
        .SelectMany(action => new[] { (action.Name + "Request", action.RequestType), (action.Name + "Response", action.ResponseType!) })
        .ToDictionary(pair => pair.Item1, pair => Create(pair.Item2));

    public static IReadOnlyCollection<string> Names => s_types.Keys;

    public abstract Type Type { get; }

    public static PayloadType Of(string payloadName) => s_types[payloadName];

    public abstract bool TryParse(ReadOnlySpan<byte> utf8Json, out object? value, out OcppViolation violation);

    public abstract IReadOnlyList<OcppViolation> Check(ReadOnlySpan<byte> utf8Json);

    public abstract void Write(IBufferWriter<byte> output, object value);

    public abstract byte[] ToUtf8Bytes(object value);

    public abstract IReadOnlyList<OcppViolation> Validate(object value);

    private static PayloadType Create(Type type) =>
        (PayloadType)Activator.CreateInstance(typeof(PayloadType<>).MakeGenericType(type))!;
}
