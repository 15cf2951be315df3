using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocpp.Json;

/// <summary>
/// The second way to the generated reader and writer: lets <see cref="JsonSerializer"/> read and write a payload by the
/// same code, with the same checks. A violation is an <see cref="OcppValidationException"/>, which is a
/// <see cref="JsonException"/>.
/// </summary>
/// <typeparam name="T">The payload.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OcppJsonConverter<T> : JsonConverter<T>
    where T : class, IOcppPayload<T>
{
    private readonly OcppReadOptions _readOptions;
    private readonly OcppWriteOptions _writeOptions;

    /// <summary>Initializes a converter that reads and writes strictly.</summary>
    public OcppJsonConverter()
        : this(readOptions: null, writeOptions: null) { }

    /// <summary>Initializes a converter.</summary>
    /// <param name="readOptions">Defaults to <see cref="OcppReadOptions.Strict"/>.</param>
    /// <param name="writeOptions">Defaults to <see cref="OcppWriteOptions.Strict"/>.</param>
    public OcppJsonConverter(OcppReadOptions? readOptions, OcppWriteOptions? writeOptions)
    {
        _readOptions = readOptions ?? OcppReadOptions.Strict;
        _writeOptions = writeOptions ?? OcppWriteOptions.Strict;
    }

    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.Position.GetObject() is not null || reader.TokenType != JsonTokenType.StartObject)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return OcppJson.Parse<T>(JsonMarshal.GetRawUtf8Value(document.RootElement), _readOptions);
        }

        // The reader is on a single span, and its current token is a window into it. What Skip has passed over lies in
        // the same span, so the payload is there from the window's first byte on: BytesConsumed counts in that span.
        ReadOnlySpan<byte> token = reader.ValueSpan;
        long start = reader.TokenStartIndex;

        // The serializer has the whole payload in its buffer before it calls a converter, but in a stream it does not
        // say so: Skip refuses a buffer that more may follow.
        if (!reader.TrySkip())
        {
            throw new InvalidOperationException("The payload is incomplete.");
        }

        int length = (int)(reader.BytesConsumed - start);
        return OcppJson.Parse<T>(
            MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(token), length),
            _readOptions
        );
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using PooledBuffer buffer = PooledBuffer.Rent();
        OcppJson.Write(buffer, value, _writeOptions);
        if (writer.Options.Indented)
        {
            using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
            document.RootElement.WriteTo(writer);
        }
        else
        {
            writer.WriteRawValue(buffer.WrittenMemory.Span, skipInputValidation: true);
        }
    }
}
