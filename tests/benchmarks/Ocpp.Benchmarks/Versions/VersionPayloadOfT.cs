using System.Buffers;
using System.Text.Json;

namespace Ocpp.Benchmarks.Versions;

/// <inheritdoc/>
/// <param name="Record">The message.</param>
/// <param name="Frame">Writes the whole frame.</param>
/// <param name="Tokens">Writes the payload token by token.</param>
internal sealed record VersionPayload<T>(
    string Name,
    string Action,
    int MessageType,
    T Record,
    IReadOnlyList<string> Order,
    Action<IBufferWriter<byte>, T> Frame,
    Action<Utf8JsonWriter, T> Tokens
) : VersionPayload(Name, Action, MessageType, Record, Order)
    where T : class, IOcppPayload<T>
{
    public override object? Read(ReadOnlySpan<byte> utf8Json) =>
        OcppJson.TryParse(utf8Json, out T? message, out _) ? message : null;

    public override void WriteFrame(IBufferWriter<byte> output) => Frame(output, Record);

    public override void WriteTokens(Utf8JsonWriter writer) => Tokens(writer, Record);
}
