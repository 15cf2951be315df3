using System.Buffers;
using System.ComponentModel;
using System.Text;

namespace Ocpp.Json;

/// <summary>What this version of the SDK offers to generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OcppGeneratedCode
{
    /// <summary>Raised whenever generated code needs something new; the generator refuses to write for an older SDK.</summary>
    public const int ContractVersion = 2;

    /// <summary>The name of the type with its JSON as it is sent; where it can't be sent, with what is wrong.</summary>
    public static string ToString<T>(T value)
        where T : class, IOcppPayload<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        var output = new ArrayBufferWriter<byte>();
        var writer = new OcppJsonWriter(output);
        T.Write(ref writer, value);
        writer.Complete();
        return writer.IsInvalid
            ? $"{typeof(T).Name} (invalid: {string.Join("; ", value.Validate())})"
            : $"{typeof(T).Name} {Encoding.UTF8.GetString(output.WrittenSpan)}";
    }
}
