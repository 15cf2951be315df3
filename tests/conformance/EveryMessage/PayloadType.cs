using System.Buffers;
using Ocpp.Rpc;

namespace Ocpp.EveryMessage;

/// <summary>
/// <see cref="OcppJson"/> for a type that is known only at run time, found through the protocol's actions.
/// </summary>
internal abstract class PayloadType
{
    private static readonly Dictionary<string, PayloadType> s_types = Protocol
        .Instance.Actions.SelectMany(action => PayloadsOf(action))
        .ToDictionary(payload => payload.Name, payload => Create(payload.Type));

    public static IReadOnlyCollection<string> Names => s_types.Keys;

    public abstract Type Type { get; }

    /// <summary>
    /// An action's payloads, by the names of their files: its request and response, or the one that goes one way.
    /// </summary>
    public static IReadOnlyList<(string Name, Type Type)> PayloadsOf(OcppAction action) =>
        action.ResponseType is { } response
            ? [(action.Name + "Request", action.RequestType), (action.Name + "Response", response)]
            : [(action.Name, action.RequestType)];

    public static PayloadType Of(string payloadName) => s_types[payloadName];

    public abstract bool TryParse(
        ReadOnlySpan<byte> utf8Json,
        out object? value,
        out OcppViolation violation,
        OcppReadOptions? options = null
    );

    public abstract IReadOnlyList<OcppViolation> Check(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null);

    public abstract void Write(IBufferWriter<byte> output, object value);

    public abstract byte[] ToUtf8Bytes(object value);

    public abstract IReadOnlyList<OcppViolation> Validate(object value);

    private static PayloadType Create(Type type) =>
        (PayloadType)Activator.CreateInstance(typeof(PayloadType<>).MakeGenericType(type))!;
}
