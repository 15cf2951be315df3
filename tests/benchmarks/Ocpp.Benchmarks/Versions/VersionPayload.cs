using System.Buffers;
using System.Text.Json;

namespace Ocpp.Benchmarks.Versions;

/// <summary>
/// A message of OCPP 1.6 or 2.1, which is compared with the bare walk and with the plain writer only.
/// </summary>
/// <param name="Name">The name in tables and in the JSON output.</param>
/// <param name="Action">Its action.</param>
/// <param name="MessageType">How it is sent: 2 in a CALL, 6 in a SEND.</param>
/// <param name="Message">The record that reading must give, and that is written.</param>
/// <param name="Order">Its properties in the order of the schema.</param>
internal abstract record VersionPayload(
    string Name,
    string Action,
    int MessageType,
    object Message,
    IReadOnlyList<string> Order
)
{
    public const double MostOfReader = 0.85;
    public const double MostOfWriter = 0.40;

    public abstract object? Read(ReadOnlySpan<byte> utf8Json);

    /// <summary>Writes the whole frame.</summary>
    public abstract void WriteFrame(IBufferWriter<byte> output);

    /// <summary>Writes the payload token by token, in the order in which the SDK writes it.</summary>
    public abstract void WriteTokens(Utf8JsonWriter writer);
}
