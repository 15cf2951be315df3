using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Ocpp.Json;

namespace Ocpp;

/// <summary>
/// Reads and writes payloads in UTF-8: one pass, checked as it goes. Texts are counted in Unicode code points.
/// Thread-safe.
/// </summary>
public static class OcppJson
{
    /// <summary>Reads a payload, and stops at the first violation that is not accepted.</summary>
    /// <typeparam name="T">The message, or a type that messages hold.</typeparam>
    /// <param name="utf8Json">The payload; white space around it is allowed, a byte order mark is not.</param>
    /// <param name="value">The record, when the result is <see langword="true"/>.</param>
    /// <param name="violation">What is wrong, when the result is <see langword="false"/>.</param>
    /// <param name="options">What is accepted; <see cref="OcppReadOptions.Strict"/> unless told.</param>
    public static bool TryParse<T>(
        ReadOnlySpan<byte> utf8Json,
        [NotNullWhen(true)] out T? value,
        out OcppViolation violation,
        OcppReadOptions? options = null)
        where T : class, IOcppPayload<T>
    {
        options ??= OcppReadOptions.Strict;
        var reader = new OcppJsonReader(utf8Json, options.ErrorMap);
        value = T.Read(ref reader);
        if (reader.End() && value is not null)
        {
            violation = default;
            return true;
        }

        violation = reader.Log!.First;
        value = null;
        return options.IsRelaxed && TryParseRelaxed(utf8Json, out value, ref violation, options);
    }

    /// <summary>Reads a payload.</summary>
    /// <exception cref="OcppValidationException">The payload holds a violation that is not accepted; it names the first.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null)
        where T : class, IOcppPayload<T> =>
        TryParse(utf8Json, out T? value, out OcppViolation violation, options)
            ? value
            : throw new OcppValidationException([violation]);

    /// <summary>
    /// Lists every violation in a payload, at most <see cref="OcppReadOptions.MaxViolations"/>; those that the options
    /// accept are left out. Malformed JSON ends the list, for what follows it has no meaning.
    /// </summary>
    public static IReadOnlyList<OcppViolation> Check<T>(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null)
        where T : class, IOcppPayload<T>
    {
        options ??= OcppReadOptions.Strict;
        OcppViolation[] violations = ReadAll<T>(utf8Json, options, out _, out _);
        return options.IsRelaxed ? Array.FindAll(violations, violation => !options.Accepts(violation)) : violations;
    }

    /// <summary>Writes a payload.</summary>
    /// <exception cref="OcppValidationException">
    /// The record breaks rules of its message: all of them are listed, and nothing was written.
    /// </exception>
    public static void Write<T>(IBufferWriter<byte> output, T value)
        where T : class, IOcppPayload<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(value);
        var writer = new OcppJsonWriter(output);
        T.Write(ref writer, value);
        Complete(ref writer, value);
    }

    /// <summary>Writes a payload into an array of its own.</summary>
    /// <exception cref="OcppValidationException">The record breaks rules of its message: all of them are listed.</exception>
    public static byte[] ToUtf8Bytes<T>(T value)
        where T : class, IOcppPayload<T>
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Ends a payload or a frame around it.</summary>
    internal static void Complete<T>(ref OcppJsonWriter writer, T value)
        where T : class, IOcppPayload<T>
    {
        writer.Complete();
        if (writer.IsInvalid)
        {
            throw new OcppValidationException(value.Validate());
        }
    }

    private static bool TryParseRelaxed<T>(
        ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out T? value, ref OcppViolation violation, OcppReadOptions options)
        where T : class, IOcppPayload<T>
    {
        OcppViolation[] violations = ReadAll(utf8Json, options, out value, out OcppViolation? fatal);
        int refused = Array.FindIndex(violations, found => !options.Accepts(found));
        if (refused >= 0)
        {
            violation = violations[refused];
            value = null;
            return false;
        }

        // Every violation is accepted, but a required value may be lost all the same, or the list may have been too short.
        if (value is null || violations.Length == options.MaxViolations)
        {
            violation = fatal ?? violations[^1];
            value = null;
            return false;
        }

        Array.ForEach(violations, options.DeviationAccepted ?? (static _ => { }));
        violation = default;
        return true;
    }

    private static OcppViolation[] ReadAll<T>(
        ReadOnlySpan<byte> utf8Json, OcppReadOptions options, out T? value, out OcppViolation? fatal)
        where T : class, IOcppPayload<T>
    {
        var log = new ViolationLog(options.MaxViolations);
        var reader = new OcppJsonReader(utf8Json, options.ErrorMap, log);
        value = T.Read(ref reader);
        reader.End();
        fatal = log.FirstFatal;
        return log.ToArray();
    }
}
