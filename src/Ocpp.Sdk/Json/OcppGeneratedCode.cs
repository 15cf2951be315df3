using System.Buffers;
using System.ComponentModel;
using System.Text;
using Ocpp.Security;

namespace Ocpp.Json;

/// <summary>What this version of the SDK offers to generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OcppGeneratedCode
{
    /// <summary>
    /// Raised whenever generated code needs something new; the generator refuses to write for an older SDK.
    /// </summary>
    public const int ContractVersion = 6;

    /// <summary>
    /// The violations of a record, at most 100, in the order in which it is written. The writer finds them.
    /// </summary>
    public static IReadOnlyList<OcppViolation> Validate<T>(T value)
        where T : class, IOcppPayload<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        using PooledBuffer buffer = PooledBuffer.Rent();
        var writer = new OcppJsonWriter(buffer, listsViolations: true);
        T.Write(ref writer, value);
        return writer.CompleteList();
    }

    /// <summary>
    /// The name of the type with its JSON, in which a marker takes the place of what the schema calls sensitive; behind
    /// it what is wrong with the record, if anything is. Characters that can't be seen are escaped
    /// (<see cref="PrintableText"/>).
    /// </summary>
    public static string ToString<T>(T value)
        where T : class, IOcppPayload<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        var output = new ArrayBufferWriter<byte>();
        var writer = new OcppJsonWriter(output, isDisplay: true);
        T.Write(ref writer, value);
        writer.Complete(isRefused: false);
        IReadOnlyList<OcppViolation> violations = value.Validate();
        string invalid = violations.Count == 0 ? "" : $" (invalid: {string.Join("; ", violations)})";

        // Only texts have characters that are escaped here, so it stays JSON.
        string json = PrintableText.Of(Encoding.UTF8.GetString(output.WrittenSpan), int.MaxValue);
        return $"{typeof(T).Name} {json}{invalid}";
    }
}
