using System.Buffers;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace Ocpp.Benchmarks.Payloads;

/// <summary>A message to measure, and each way of reading and writing it.</summary>
internal abstract class Payload
{
    public const string MessageId = "3f2b6c1e-8d1a-4c57-9e43-0a7c5d21b9f4";

    private byte[]? _utf8Action;

    /// <summary>The name in tables and in the JSON output.</summary>
    public abstract string Name { get; }

    public abstract string Action { get; }

    /// <summary>The goal of reading: the most of the time of a bare walk over the frame.</summary>
    public abstract double MostOfReader { get; }

    /// <summary>The goal of writing: the most of the time of a plain writer.</summary>
    public abstract double MostOfWriter { get; }

    /// <summary>The goal of reading: how many times faster than System.Text.Json.</summary>
    public abstract double LeastTimesFaster { get; }

    public byte[] Utf8Action => _utf8Action ??= Encoding.UTF8.GetBytes(Action);

    /// <summary>The payload: compact, in schema order, with no needless escapes.</summary>
    public abstract string Json { get; }

    public byte[] Utf8Json => Encoding.UTF8.GetBytes(Json);

    /// <summary>The record that reading must give, and that is written.</summary>
    public abstract object Expected { get; }

    /// <summary>The object that Newtonsoft.Json writes.</summary>
    public abstract object ForNewtonsoft { get; }

    /// <summary>The whole CALL.</summary>
    public byte[] FrameAround(string json) => Encoding.UTF8.GetBytes($"[2,\"{MessageId}\",\"{Action}\",{json}]");

    /// <summary>Builds the record again, with strings of its own: the most that reading may allocate.</summary>
    public abstract object Copy();

    public abstract object? ReadWithSdk(ReadOnlySpan<byte> utf8Json);

    public abstract object? ReadThroughSdkContext(ReadOnlySpan<byte> utf8Json);

    public abstract object? ReadRecords(ReadOnlySpan<byte> utf8Json);

    public abstract object? ReadClasses(ReadOnlySpan<byte> utf8Json);

    public abstract object? ReadClasses(ref Utf8JsonReader reader);

    public abstract object? ReadWithNewtonsoft(JToken json, Newtonsoft.Json.JsonSerializer serializer);

    /// <summary>Writes the whole CALL.</summary>
    public abstract void WriteFrameWithSdk(IBufferWriter<byte> output);

    /// <summary>Writes the payload token by token, in the order in which the SDK writes it.</summary>
    public abstract void WriteTokens(Utf8JsonWriter writer);

    public abstract void WriteThroughSdkContext(Utf8JsonWriter writer);

    public abstract void WriteRecords(Utf8JsonWriter writer);

    public abstract void WriteClasses(Utf8JsonWriter writer);

    protected static string CopyOf(string text) => new(text.AsSpan());

    protected static string? CopyOfOptional(string? text) => text is null ? null : CopyOf(text);
}
